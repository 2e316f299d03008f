package org.junitsandbox.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;

class WritablePlacesTests {

    private static final String REPORT = """
            mount / overlay ro,relatime
            mount /dev tmpfs rw,nosuid
            mount /work tmpfs rw,nosuid
            mount /dev/shm tmpfs rw,nosuid
            Uid: 65534 65534 65534 65534
            Gid: 33 33 33 33
            NoNewPrivs: 1
            place /dev/shm rwxk 0
            place /dev/mqueue rwxk 0
            place /work rwxk 0
            end
            """;

    private static final List<String> PLACES = List.of("/dev/mqueue", "/dev/shm", "/work");

    @Test
    void findsThePlacesThatCommandsCanWriteTo() {
        assertThat(WritablePlaces.parse(REPORT))
                .isEqualTo(new WritablePlaces(PLACES, PLACES, List.of(), 65534, 33));
    }

    @Test
    void knowsWhereSomethingWasBefore() {
        WritablePlaces places = WritablePlaces.parse(REPORT.replace("overlay ro", "overlay rw")
                .replace("place /dev/shm rwxk 0", "place /dev rwx 14\nplace /dev/shm rwxk 0")
                .replace("end\n", "mount /data ext4 rw\nend\n"));

        assertThat(places.paths()).containsExactly("/", "/data", "/dev", "/dev/mqueue", "/dev/shm", "/work");
        assertThat(places.inMemory()).containsExactly("/dev", "/dev/mqueue", "/dev/shm", "/work");
        assertThat(places.notEmpty()).containsExactly("/", "/data", "/dev");
    }

    @Test
    void takesNoReportThatIsNotComplete() {
        assertThatIllegalStateException().isThrownBy(() -> WritablePlaces.parse(REPORT.replace("end\n", "")));
        assertThatIllegalStateException().isThrownBy(() -> WritablePlaces.parse(REPORT.replace("Uid", "uid")));
        String unusual = REPORT.replace("mount /work ", "mount /a\\040b tmpfs rw\nmount /work ");
        assertThatIllegalStateException()
                .isThrownBy(() -> WritablePlaces.parse(unusual))
                .withMessageContaining("mount points");
    }
}
