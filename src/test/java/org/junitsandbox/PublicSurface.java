package org.junitsandbox;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.shell.Shell;

/** Lists the types and members that code outside the library can use, from the compiled classes. */
final class PublicSurface {

    private static final int VISIBLE = Modifier.PUBLIC | Modifier.PROTECTED;

    private final List<String> lines = new ArrayList<>();

    private PublicSurface() {}

    /** Returns a line for each type, followed by an indented line for each of its members. */
    static List<String> lines() throws IOException, URISyntaxException {
        PublicSurface surface = new PublicSurface();
        types().filter(PublicSurface::isPublic).sorted(Comparator.comparing(Class::getName)).forEach(surface::add);
        return surface.lines;
    }

    private static Stream<Class<?>> types() throws IOException, URISyntaxException {
        Path root = Path.of(
                Shell.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<Class<?>> types = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .filter(name -> !name.contains(".internal."))
                    .forEach(name -> types.add(load(name)));
        }
        return types.stream();
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, PublicSurface.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isPublic(@Nullable Class<?> type) {
        return type == null || (Modifier.isPublic(type.getModifiers()) && isPublic(type.getEnclosingClass()));
    }

    private void add(Class<?> type) {
        lines.add(header(type));
        // By name, then by signature; a set, as a class can inherit what it overrides.
        Set<Line> members = new TreeSet<>();
        Map<Type, String> arguments = new HashMap<>();
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (isVisible(constructor)) {
                members.add(new Line("", "new " + text(type, arguments) + parameters(constructor, arguments)));
            }
        }
        // What a class inherits from one that is not public is its own for its users.
        for (Class<?> owner = type;
                owner != null && (owner == type || isHidden(owner));
                owner = owner.getSuperclass()) {
            for (Field field : owner.getDeclaredFields()) {
                if (isVisible(field)) {
                    members.add(new Line(field.getName(), field(field)));
                }
            }
            for (Method method : owner.getDeclaredMethods()) {
                if (isVisible(method) && !isOfEveryObject(method) && !isOfEveryEnum(type, method)) {
                    members.add(new Line(method.getName(), method(method, arguments)));
                }
            }
            rememberArguments(owner.getGenericSuperclass(), arguments);
        }
        members.forEach(member -> lines.add("    " + member.text()));
    }

    private record Line(String name, String text) implements Comparable<Line> {
        @Override
        public int compareTo(Line other) {
            return Comparator.comparing(Line::name).thenComparing(Line::text).compare(this, other);
        }
    }

    private static boolean isHidden(Class<?> type) {
        return type.getName().startsWith("org.junitsandbox.") && !Modifier.isPublic(type.getModifiers());
    }

    private static boolean isVisible(Member member) {
        return (member.getModifiers() & VISIBLE) != 0 && !member.isSynthetic();
    }

    private static boolean isOfEveryEnum(Class<?> type, Method method) {
        return type.isEnum() && (method.getName().equals("values") || method.getName().equals("valueOf"));
    }

    private static boolean isOfEveryObject(Method method) {
        return List.of("equals", "hashCode", "toString").contains(method.getName());
    }

    private static void rememberArguments(@Nullable Type superclass, Map<Type, String> arguments) {
        if (superclass instanceof ParameterizedType generic) {
            TypeVariable<?>[] variables = ((Class<?>) generic.getRawType()).getTypeParameters();
            for (int i = 0; i < variables.length; i++) {
                arguments.put(variables[i], text(generic.getActualTypeArguments()[i], arguments));
            }
        }
    }

    private static String header(Class<?> type) {
        String kind = type.isAnnotation()
                ? "annotation"
                : type.isInterface() ? "interface" : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
        String modifiers = Stream.of(
                        type.isInterface() || !Modifier.isAbstract(type.getModifiers()) ? "" : "abstract ",
                        type.isSealed() ? "sealed " : "",
                        kind.equals("class") && Modifier.isFinal(type.getModifiers()) ? "final " : "")
                .collect(Collectors.joining());
        return modifiers + kind + " " + type.getName().replace('$', '.') + supertypes(type);
    }

    private static String supertypes(Class<?> type) {
        List<Type> supertypes = new ArrayList<>();
        Class<?> superclass = type.getSuperclass();
        while (superclass != null && isHidden(superclass)) {
            superclass = superclass.getSuperclass();
        }
        if (superclass != null && !List.of(Object.class, Enum.class, Record.class).contains(superclass)) {
            supertypes.add(superclass);
        }
        if (!type.isAnnotation()) {
            supertypes.addAll(Arrays.asList(type.getGenericInterfaces()));
        }
        return supertypes.isEmpty()
                ? ""
                : supertypes.stream()
                        .map(supertype -> text(supertype, Map.of()))
                        .collect(Collectors.joining(", ", " : ", ""));
    }

    private static String method(Method method, Map<Type, String> arguments) {
        Object value = method.getDefaultValue();
        return modifiers(method)
                + text(method.getGenericReturnType(), arguments) + " " + method.getName()
                + parameters(method, arguments)
                + (value == null ? "" : " default " + value(value));
    }

    private static String field(Field field) {
        if (field.isEnumConstant()) {
            return field.getName();
        }
        String declaration = modifiers(field) + text(field.getGenericType(), Map.of()) + " " + field.getName();
        return field.getType() == String.class ? declaration + " = " + constant(field) : declaration;
    }

    private static String constant(Field field) {
        try {
            return value(field.get(null));
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static String modifiers(Member member) {
        return (Modifier.isProtected(member.getModifiers()) ? "protected " : "")
                + (Modifier.isStatic(member.getModifiers()) ? "static " : "");
    }

    private static String parameters(Executable executable, Map<Type, String> arguments) {
        return Arrays.stream(executable.getParameters())
                .map(parameter -> parameter(parameter, arguments))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String parameter(Parameter parameter, Map<Type, String> arguments) {
        String type = text(parameter.getParameterizedType(), arguments);
        return (parameter.isVarArgs() ? type.replaceFirst("\\[]$", "...") : type) + " " + parameter.getName();
    }

    private static String text(Type type, Map<Type, String> arguments) {
        String argument = arguments.get(type);
        return argument != null
                ? argument
                : type.getTypeName().replace('$', '.').replaceAll("\\b(?:[a-z]\\w*\\.)+(?=[A-Z])", "");
    }

    private static String value(Object value) {
        if (value instanceof Object[] values) {
            return Arrays.stream(values).map(PublicSurface::value).collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof String text) {
            return '"' + text + '"';
        }
        return value instanceof Annotation annotation
                ? "@" + text(annotation.annotationType(), Map.of())
                : value.toString();
    }
}
