// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Json;
import java.lang.foreign.ValueLayout;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * What a recording says of itself.
 *
 * @param image the gadget, as its user named it
 * @param digest of the image; empty where it was not known
 * @param metadata the gadget's, as it was written
 * @param configuration the gadget's metadata as it took effect
 * @param params that were set, by fully qualified names
 * @param information about the run, such as the variants of jobs that were taken
 * @param architecture of the machine, its name in OCI platform descriptions
 * @param kernel its release
 * @param zone of the machine's times
 * @param started when
 * @param complete whether records have all fields, so that nothing is to be added to them
 * @param sources the data sources
 */
record Description(
        String image,
        String digest,
        String metadata,
        Map<String, Object> configuration,
        Map<String, String> params,
        Map<String, String> information,
        String architecture,
        String kernel,
        ZoneId zone,
        Instant started,
        boolean complete,
        List<Tree> sources) {
    /** Bytes of a description; that of a gadget with a hundred fields has fifty thousand. */
    static final int LARGEST = 1 << 22;

    private static final long SECOND = 1_000_000_000L;

    /**
     * Reads the first block.
     *
     * @param name of the recording, for messages
     * @throws RecordingException when it lacks something
     */
    static Description read(Block block, String name) {
        if (block.content().byteSize() > LARGEST) {
            throw new RecordingException(
                    name + ": the description has " + block.content().byteSize() + " bytes, the limit is " + LARGEST);
        }
        if (block.header().kind() != BlockKind.DESCRIPTION) {
            throw new RecordingException(name + " does not begin with a description");
        }
        try {
            byte[] json = block.content().toArray(ValueLayout.JAVA_BYTE);
            return of(new Tree(Json.readObject(json, "the description of " + name), ""));
        } catch (RecordingException wrong) {
            throw new RecordingException(name + ": " + wrong.getMessage(), wrong);
        } catch (GadgetException malformed) {
            throw new RecordingException(String.valueOf(malformed.getMessage()), malformed);
        }
    }

    private static Description of(Tree tree) {
        long started = tree.wideNumber("started");
        return new Description(
                tree.text("image"),
                tree.text("digest"),
                tree.text("metadata"),
                tree.tree("configuration").asMap(),
                tree.tree("params").asTexts(),
                tree.tree("information").asTexts(),
                tree.text("architecture"),
                tree.text("kernel"),
                zone(tree.text("zone")),
                Instant.ofEpochSecond(started / SECOND, started % SECOND),
                tree.isTrue("complete"),
                tree.trees("sources"));
    }

    private static ZoneId zone(String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException unknown) {
            throw new RecordingException("time zone \"" + id + "\" is unknown here", unknown);
        }
    }
}
