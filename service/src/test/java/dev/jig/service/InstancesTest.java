// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.gadget.RunOptions;
import dev.jig.wire.Api;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstancesTest {
    private static final String ID = "00112233445566778899aabbccddeeff";

    @TempDir
    private Path folder;

    private Workshop workshop;

    @BeforeEach
    void start() {
        workshop = new Workshop(folder);
    }

    @AfterEach
    void end() {
        workshop.close();
    }

    private List<Api.GadgetInstance> list() {
        RemoteInstances.Answers answers = workshop.client().instances().list();
        assertThat(answers.problems()).isEmpty();
        return answers.instances().stream()
                .map(RemoteInstances.OnNode::instance)
                .toList();
    }

    private List<String> remove(String id) {
        return workshop.client().instances().remove(id, List.of("local"));
    }

    private void awaitRunning(int count) throws Exception {
        Workshop.await(count + " run", () -> workshop.host.running() == count);
    }

    @Test
    void shouldRunGadgetsWithoutAClient() throws Exception {
        String id = workshop.create("ticker", "one");
        awaitRunning(1);
        Api.GadgetInstance instance = list().getFirst();
        assertThat(instance.getId()).isEqualTo(id);
        assertThat(instance.getName()).isEqualTo("one");
        assertThat(instance.getTimeCreated()).isPositive();
        assertThat(instance.getState().getStatus()).isEqualTo(Api.GadgetInstanceStatus.StatusRunning);
        assertThat(remove(id)).isEmpty();
        assertThat(list()).isEmpty();
        assertThat(workshop.host.leaked()).isZero();
        try (var files = Files.list(workshop.instancesFolder())) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void shouldShowLastAndComingEventsToAllWhoAttach() throws Exception {
        String id = workshop.create("ticker", "one");
        awaitRunning(1);
        workshop.host.emit("before");
        Workshop.Watch first = workshop.attach(id);
        Workshop.Watch second = workshop.attach(id);
        first.seen.await(lines -> lines.size() == 1);
        second.seen.await(lines -> lines.size() == 1);
        workshop.host.emit("after");
        assertThat(first.seen.await(lines -> lines.size() == 2)).containsExactly("before 1", "after 1");
        assertThat(second.seen.await(lines -> lines.size() == 2)).containsExactly("before 1", "after 1");
        first.stop();
        assertThat(first.end()).isEmpty();
        workshop.host.emit("later");
        second.seen.await(lines -> lines.size() == 3);
        assertThat(second.messages).isEmpty();
    }

    @Test
    void shouldAttachBeforeTheGadgetIsReady() throws Exception {
        // Upstream's daemon dies of this.
        Workshop.Watch watch = workshop.attach(workshop.create("ticker", "one"));
        awaitRunning(1);
        workshop.host.emit("x");
        assertThat(watch.seen.await(lines -> !lines.isEmpty())).containsExactly("x 1");
    }

    @Test
    void shouldTellAttachedClientsWhatTheGadgetSays() throws Exception {
        String id = workshop.create("finishing", "one");
        Workshop.await(
                "it finishes", () -> list().getFirst().getState().getMessage().equals("finished"));
        assertThat(list().getFirst().getState().getStatus()).isEqualTo(Api.GadgetInstanceStatus.StatusRunning);
        Workshop.Watch watch = workshop.attach(id);
        assertThat(watch.end()).isEmpty();
        assertThat(watch.seen.lines()).containsExactly("one 1", "two 1");
    }

    @Test
    void shouldEndAttachedClientsWhenTheInstanceIsRemoved() throws Exception {
        String id = workshop.create("ticker", "one");
        awaitRunning(1);
        Workshop.Watch watch = workshop.attach(id);
        workshop.host.emit("x");
        watch.seen.await(lines -> !lines.isEmpty());
        assertThat(remove(id)).isEmpty();
        assertThat(watch.end()).isEmpty();
    }

    @Test
    void shouldTellWhyAnInstanceFails() throws Exception {
        String id = workshop.create("broken", "one");
        Workshop.await(
                "it fails", () -> list().getFirst().getState().getStatus() == Api.GadgetInstanceStatus.StatusError);
        assertThat(list().getFirst().getState().getMessage()).endsWith("it is broken");
        assertThat(workshop.attach(id).end()).contains("it is broken");
        assertThatThrownBy(() -> workshop.client().instanceInformation(id, Map.of()))
                .hasMessageContaining("it is broken");
        assertThat(remove(id)).isEmpty();
    }

    @Test
    void shouldRestartFailingInstances() throws Exception {
        workshop.host.setDigest("sha256:1");
        String id = workshop.create("ticker", "one");
        awaitRunning(1);
        workshop.host.setDigest("sha256:2");
        workshop.restart();
        Workshop.await(
                "the pinned image is missed",
                () -> list().getFirst().getState().getMessage().endsWith("image is sha256:2, not sha256:1"));
        workshop.host.setDigest("sha256:1");
        awaitRunning(1);
        assertThat(remove(id)).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNoInstance() {
        RemoteInstances instances = workshop.client().instances();
        assertThatThrownBy(() -> instances.create(Api.CreateGadgetInstanceRequest.getDefaultInstance()))
                .hasMessageContaining("a gadget instance needs a configuration");
        assertThatThrownBy(() -> instances.create(Api.CreateGadgetInstanceRequest.newBuilder()
                        .setGadgetInstance(Api.GadgetInstance.newBuilder().setId(ID))
                        .build()))
                .hasMessageContaining("a gadget instance needs a configuration");
        assertThatThrownBy(() -> instances.create(Workshop.request("ticker", "NO", "")))
                .hasMessageContaining("invalid gadget instance name: NO");
        assertThatThrownBy(() -> instances.create(Workshop.request("ticker", "", "../../etc/passwd")))
                .hasMessageContaining("invalid gadget instance id: ../../etc/passwd");
        // Nothing of it must come back to life.
        workshop.restart();
        assertThat(list()).isEmpty();
    }

    @Test
    void shouldRefuseIdsAndNamesInUse() {
        RemoteInstances instances = workshop.client().instances();
        instances.create(Workshop.request("ticker", "one", ID));
        assertThatThrownBy(() -> instances.create(Workshop.request("ticker", "two", ID)))
                .hasMessageContaining("gadget with id \"" + ID + "\" already exists");
        assertThatThrownBy(() -> instances.create(Workshop.request("ticker", "one", "")))
                .hasMessageContaining("gadget with name \"one\" already exists");
    }

    @Test
    void shouldTellUnknownInstances() {
        assertThat(remove(ID))
                .containsExactly("executing on target \"local\": gadget instance not found: \"" + ID + "\"");
        assertThatThrownBy(() -> workshop.client().instanceInformation("nobody", Map.of()))
                .hasMessageContaining("instance nobody not found");
        assertThatThrownBy(() -> workshop.client().instanceInformation("", Map.of()))
                .hasMessageContaining("not found");
    }

    @Test
    void shouldNotGuessAmongSeveralInstances() throws Exception {
        RemoteInstances instances = workshop.client().instances();
        instances.create(Workshop.request("ticker", "one", ID));
        instances.create(Workshop.request("ticker", "two", ID.replace("ff", "00")));
        assertThatThrownBy(() -> workshop.client().instanceInformation("0011", Map.of()))
                .hasMessageContaining("ambiguous names/ids: 0011");
        assertThat(workshop.client().instanceInformation("two", Map.of()).getName())
                .isEqualTo("two");
    }

    @Test
    void shouldKeepInstancesAndTheirEventsOverARestart() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(workshop.create("ticker", "n" + i));
        }
        awaitRunning(5);
        workshop.host.emit("old");
        workshop.restart();
        awaitRunning(5);
        assertThat(list()).extracting(Api.GadgetInstance::getId).containsExactlyElementsOf(ids);
        Workshop.Watch watch = workshop.attach(ids.getLast());
        workshop.host.emit("new");
        assertThat(watch.seen.await(lines -> lines.size() == 2)).containsExactly("old 1", "new 1");
    }

    @Test
    void shouldSetDamagedFilesAside() throws Exception {
        String id = workshop.create("ticker", "one");
        String other = workshop.create("ticker", "two");
        awaitRunning(2);
        Path file = workshop.instancesFolder().resolve(id + ".gadget");
        Files.writeString(file, "{\"gadgetInstance\":{\"id\":");
        workshop.restart();
        assertThat(list()).extracting(Api.GadgetInstance::getId).containsExactly(other);
        assertThat(file).doesNotExist();
        assertThat(file.resolveSibling(id + ".gadget.corrupt")).exists();
        assertThat(workshop.daemonLog)
                .anyMatch(line -> line.startsWith("WARN gadget instance is passed over: " + file));
    }

    @Test
    void shouldNotRunWhatItCannotStore() throws Exception {
        Files.writeString(workshop.instancesFolder(), "in the way");
        assertThatThrownBy(() -> workshop.create("ticker", "one")).hasMessageContaining("storing gadget instance: ");
        assertThat(list()).isEmpty();
        assertThat(workshop.host.leaked()).isZero();
        Files.delete(workshop.instancesFolder());
        workshop.create("ticker", "one");
        assertThat(list()).hasSize(1);
    }

    @Test
    void shouldReadWhatUpstreamsDaemonStored() throws Exception {
        Files.createDirectories(workshop.instancesFolder());
        Files.writeString(
                workshop.instancesFolder().resolve(ID + ".gadget"),
                "{\"gadgetInstance\":{\"id\":\"" + ID + "\",\"gadgetConfig\":{\"imageName\":\"ticker\",\"paramValues\":"
                        + "{\"operator.fake.number\":\"9\"},\"version\":1},\"tags\":[\"\"],\"name\":\"some_name\"}}");
        workshop.restart();
        awaitRunning(1);
        Workshop.Watch watch = workshop.attach(ID);
        workshop.host.emit("x");
        assertThat(watch.seen.await(lines -> !lines.isEmpty())).containsExactly("x 9");
        assertThat(list().getFirst().getName()).isEqualTo("some_name");
    }

    @Test
    void shouldLeaveNothingBehindAfterManyRounds() throws Exception {
        long before = descriptors();
        RemoteInstances instances = workshop.client().instances();
        for (int i = 0; i < 1000; i++) {
            String id = instances
                    .create(Workshop.request("ticker", "one", ""))
                    .keySet()
                    .iterator()
                    .next();
            assertThat(instances.remove(id, List.of("local"))).isEmpty();
        }
        assertThat(workshop.host.leaked()).isZero();
        Workshop.await("descriptors are given back", () -> descriptors() <= before + 20);
        try (var files = Files.list(workshop.instancesFolder())) {
            assertThat(files).isEmpty();
        }
    }

    private static long descriptors() throws Exception {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    @Test
    void shouldTellAWordThatHasNoInstance() {
        assertThatThrownBy(() -> workshop.client()
                        .newRun(new RunRequest.Attach(ID, "?"), RunOptions.DEFAULT, List.of())
                        .run())
                .hasMessage("rpc error: code = Unknown desc = gadget " + ID + " not found");
    }

    @Test
    void shouldAnswerWhileAnInstanceIsNotReady() {
        workshop.create("unknown", "one");
        assertThatThrownBy(() -> workshop.client().instanceInformation("one", Map.of()))
                .hasMessageContaining("ensuring image: not found");
        assertThat(workshop.client().serverVersion(Duration.ofSeconds(5))).isEqualTo("1.2.3");
    }
}
