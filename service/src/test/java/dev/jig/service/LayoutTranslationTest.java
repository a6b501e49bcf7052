// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.jig.datasource.FieldFlags;
import dev.jig.wire.Api;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutTranslationTest {
    private static Api.Field member(String name, int offset, int size) {
        return Api.Field.newBuilder()
                .setFullName(name)
                .setOffs(offset)
                .setSize(size)
                .setFlags(FieldFlags.STATIC_MEMBER)
                .setKind(Api.Kind.Uint32)
                .build();
    }

    private static Api.Field text(String name, int payload) {
        return Api.Field.newBuilder()
                .setFullName(name)
                .setPayloadIndex(payload)
                .setKind(Api.Kind.String)
                .build();
    }

    private static Api.DataSource source(Api.Field... fields) {
        return Api.DataSource.newBuilder()
                .setName("events")
                .setType(1)
                .addAllFields(List.of(fields))
                .build();
    }

    private static List<ByteString> translate(LayoutTranslation translation, ByteString... payloads) throws Exception {
        byte[] message = Api.GadgetData.newBuilder()
                .setData(Api.DataElement.newBuilder().addAllPayload(List.of(payloads)))
                .build()
                .toByteArray();
        ReceivedPacket packet =
                translation.translate(new ReceivedPacket(message, 0, message.length, new byte[0]), false);
        return Api.GadgetData.parseFrom(packet.message()).getData().getPayloadList();
    }

    private static ByteString bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return ByteString.copyFrom(bytes);
    }

    @Test
    void shouldCarryMembersToWhereTheyAreWanted() throws Exception {
        LayoutTranslation translation = LayoutTranslation.of(
                source(member("a", 0, 4), member("b", 4, 4), text("name", 1)),
                source(
                        text("name", 0),
                        text("other", 1),
                        member("b", 0, 4).toBuilder().setPayloadIndex(2).build(),
                        member("a", 8, 4).toBuilder().setPayloadIndex(2).build()));

        assertThat(translation.missing()).isEmpty();
        assertThat(translate(
                        translation, ByteString.copyFromUtf8("x"), bytes(9), bytes(1, 2, 3, 4, 0, 0, 0, 0, 5, 6, 7, 8)))
                .containsExactly(bytes(5, 6, 7, 8, 1, 2, 3, 4), ByteString.copyFromUtf8("x"));
    }

    @Test
    void shouldReadWhatIsMissingAsZero() throws Exception {
        LayoutTranslation translation = LayoutTranslation.of(
                source(member("a", 0, 4), member("b", 4, 4), text("name", 1)), source(member("a", 0, 4)));

        assertThat(translation.missing()).containsExactly("b", "name");
        assertThat(translate(translation, bytes(1, 2)))
                .containsExactly(bytes(1, 2, 0, 0, 0, 0, 0, 0), ByteString.EMPTY);
        assertThat(translate(translation)).containsExactly(bytes(0, 0, 0, 0, 0, 0, 0, 0), ByteString.EMPTY);
    }

    @Test
    void shouldRefuseWhatMeansSomethingElse() {
        Api.DataSource wanted = source(member("a", 0, 4));
        assertThatThrownBy(() -> LayoutTranslation.of(wanted, source(text("a", 0))))
                .hasMessage("field \"a\" of data source \"events\" is of another kind than on the first node");
        assertThatThrownBy(() -> LayoutTranslation.of(
                        wanted, wanted.toBuilder().setType(2).build()))
                .hasMessageContaining("another type or byte order");
    }

    @Test
    void shouldRefusePacketsThatAreNone() {
        LayoutTranslation translation = LayoutTranslation.of(source(member("a", 0, 4)), source(member("a", 4, 4)));
        byte[] garbage = {(byte) 0xff, (byte) 0xff, 1};
        assertThatThrownBy(
                        () -> translation.translate(new ReceivedPacket(garbage, 0, garbage.length, new byte[0]), false))
                .isInstanceOf(ServiceException.class)
                .hasMessageStartingWith("malformed packet: ");
    }
}
