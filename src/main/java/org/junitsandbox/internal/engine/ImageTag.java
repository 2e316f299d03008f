package org.junitsandbox.internal.engine;

/**
 * What an image that is made is called.
 *
 * @param name its name, with a tag
 * @param declaration what it is made for, in ASCII without spaces: an image that is made later for the same takes its
 *     place
 */
public record ImageTag(String name, String declaration) {}
