// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;

/**
 * What is in a recording.
 *
 * @param image the gadget, as its user named it
 * @param digest of the image; empty where it was not known
 * @param params that were set, by fully qualified names
 * @param started when, in the machine's own time zone
 * @param lasted from the first record to the last
 * @param architecture of the machine, its name in OCI platform descriptions
 * @param kernel its release
 * @param sources the data sources
 * @param blocks whole ones, the description included
 * @param bytes of the file
 * @param problems what is missing, a sentence each
 */
public record RecordingSummary(
        String image,
        String digest,
        Map<String, String> params,
        ZonedDateTime started,
        Duration lasted,
        String architecture,
        String kernel,
        List<Source> sources,
        int blocks,
        long bytes,
        List<String> problems) {
    /**
     * One data source.
     *
     * @param records of it, those in arrays counted one by one
     * @param bytes of them before they were compressed
     * @param lost records that the run itself lost
     */
    public record Source(String name, long records, long bytes, long lost) {}
}
