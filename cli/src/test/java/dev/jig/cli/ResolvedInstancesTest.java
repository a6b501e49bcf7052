// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.service.RemoteInstances;
import dev.jig.wire.Api;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResolvedInstancesTest {
    private static final String A = "aa112233445566778899aabbccddeeff";
    private static final String B = "aabb2233445566778899aabbccddeeff";

    private final ResolvedInstances instances = new ResolvedInstances(List.of(
            onNode("two", A, "one", Api.GadgetInstanceStatus.StatusError),
            onNode("one", A, "one", Api.GadgetInstanceStatus.StatusRunning),
            onNode("one", B, "aa1", Api.GadgetInstanceStatus.StatusRunning)));

    private static RemoteInstances.OnNode onNode(String node, String id, String name, Api.GadgetInstanceStatus status) {
        return new RemoteInstances.OnNode(
                node,
                Api.GadgetInstance.newBuilder()
                        .setId(id)
                        .setName(name)
                        .setState(Api.GadgetInstanceState.newBuilder().setStatus(status))
                        .build());
    }

    @Test
    void shouldFindByIdNameAndBeginning() {
        assertThat(instances.ids(A)).containsExactly(A);
        assertThat(instances.ids("one")).containsExactly(A);
        assertThat(instances.ids("aabb")).containsExactly(B);
        assertThat(instances.ids("aa1")).containsExactly(A, B);
        assertThat(instances.ids("x")).isEmpty();
        assertThat(instances.ids("")).isEmpty();
        assertThatThrownBy(() -> instances.require("aa", "unknown", "ambiguous"))
                .hasMessage("ambiguous");
        assertThatThrownBy(() -> instances.require("x", "unknown", "ambiguous")).hasMessage("unknown");
    }

    @Test
    void shouldLetAnErrorOnAnyNodeWin() {
        assertThat(instances.merged()).extracting(ResolvedInstances::status).containsExactly("Error", "Running");
        assertThat(instances.onNodes(A))
                .extracting(RemoteInstances.OnNode::node)
                .containsExactly("one", "two");
    }

    @Test
    void shouldSayThatAnInstanceHasFinished() {
        Api.GadgetInstance finished = Api.GadgetInstance.newBuilder()
                .setState(Api.GadgetInstanceState.newBuilder()
                        .setStatus(Api.GadgetInstanceStatus.StatusRunning)
                        .setMessage("finished"))
                .build();
        assertThat(ResolvedInstances.status(finished)).isEqualTo("Finished");
        assertThat(ResolvedInstances.status(Api.GadgetInstance.getDefaultInstance()))
                .isEqualTo("Unknown");
    }
}
