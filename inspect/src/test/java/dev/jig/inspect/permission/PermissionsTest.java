// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.object.ObjectFile;
import dev.jig.gadget.GadgetException;
import dev.jig.inspect.Compiled;
import dev.jig.inspect.Corner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PermissionsTest {
    @TempDir
    private Path folder = Path.of("");

    private Permissions of(String program) throws IOException, InterruptedException {
        return PermissionFinder.of(object(program), List.of());
    }

    private ObjectFile object(String program) throws IOException, InterruptedException {
        Path source = Files.writeString(folder.resolve("p.bpf.c"), "#include \"corpus.h\"\n" + program + "\n");
        return Compiled.of(source, folder);
    }

    private static String filter(String section, String body) {
        return "SEC(\"" + section + "\") int prog(void *ctx) { " + body + " }";
    }

    @Test
    void shouldSeeThatAnObjectOnlyObserves() {
        ObjectFile object = ObjectFile.parse("corner", Corner.bytes("amd64.bpf.o"));

        Permissions permissions = PermissionFinder.of(object, List.of("log"));

        assertThat(permissions.acting()).isEmpty();
        assertThat(PermissionFinder.plainlyObserves(object)).isTrue();
        assertThat(permissions.find("helper:bpf_map_push_elem")).isPresent();
        assertThat(permissions.find("hook:iter/task")).isPresent();
        assertThat(permissions.find("wasm:log")).isPresent();
    }

    @Test
    void shouldSeeSignals() throws IOException, InterruptedException {
        String program = filter("tracepoint/x/y", "return ((long (*)(int))109)(9);");

        assertThat(of(program).sentences(true)).containsExactly("can send signals to processes");
        assertThat(PermissionFinder.plainlyObserves(object(program))).isFalse();
    }

    @Test
    void shouldTellVerdictsFromNeutralPrograms() throws IOException, InterruptedException {
        assertThat(of(filter("tc", "return -1;")).acting()).isEmpty();
        assertThat(of(filter("tc", "return 2;")).sentences(true)).containsExactly("can drop or pass on packets");
        assertThat(of(filter("xdp", "return 2;")).acting()).isEmpty();
        assertThat(of(filter("xdp", "return bpf_ktime_get_ns() & 1 ? 1 : 2;")).acting())
                .hasSize(1);
        assertThat(of(filter("lsm/file_open", "return ((int *)ctx)[2] & 0;")).acting())
                .isEmpty();
        assertThat(of(filter("lsm/file_open", "return -1;")).sentences(true)).containsExactly("can forbid operations");
    }

    @Test
    void shouldSurviveADeclaration() throws IOException, InterruptedException {
        Permissions permissions = of(filter("tc", "return 2;"));

        Permissions read = PermissionText.read(PermissionText.declaration(permissions), "test");

        assertThat(read.all()).isEqualTo(permissions.all());
        assertThat(PermissionText.difference(permissions, read)).isEmpty();
    }

    @Test
    void shouldAskForDeclarationsOfWhatActs() throws IOException, InterruptedException {
        Permissions acting = of(filter("tc", "return 2;"));
        PermissionPolicy lenient = PermissionPolicy.parse("allow: ['verdict:*']", "policy");
        PermissionPolicy strict = PermissionPolicy.parse("deny: ['type:Sched*']", "policy");

        assertThat(PermissionPolicy.DEFAULT.objections(acting, Optional.empty()))
                .hasSize(1);
        assertThat(PermissionPolicy.DEFAULT.objections(acting, Optional.of(acting)))
                .isEmpty();
        assertThat(lenient.objections(acting, Optional.empty())).isEmpty();
        assertThat(strict.objections(acting, Optional.of(acting))).hasSize(1);
        assertThatThrownBy(() -> PermissionPolicy.parse("allowed: []", "policy"))
                .isInstanceOf(GadgetException.class)
                .hasMessageContaining("unknown member \"allowed\"");
    }
}
