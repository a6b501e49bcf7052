// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.link;

import dev.jig.bpf.BpfException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that outlives this one, however it ends, for a moment: it waits for the end of its input, and takes a filter of traffic control away if it was not
 * told before that somebody else did. Needed on kernels before 6.6 only.
 */
public final class Guardian {
    private static final int DISMISSED = 'd';

    private final Process process;
    private boolean onDuty = true;

    private Guardian(Process process) {
        this.process = process;
    }

    /** Starts one, before there is anything to take away. */
    static Guardian start(int networkInterface, int parent, int handle, boolean ownQueue) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx16m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path", ""),
                Guardian.class.getName()));
        for (int number : new int[] {networkInterface, parent, handle, ownQueue ? 1 : 0}) {
            command.add(Integer.toString(number));
        }
        try {
            return new Guardian(new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException impossible) {
            throw new BpfException(
                    "no process can be started that would remove the filter if this one were killed: "
                            + impossible.getMessage(),
                    impossible);
        }
    }

    /**
     * Sends it away.
     *
     * @return whether it was still there: false at the second call
     */
    boolean dismiss() {
        boolean was = onDuty;
        if (onDuty) {
            onDuty = false;
            try (OutputStream pipe = process.getOutputStream()) {
                pipe.write(DISMISSED);
            } catch (IOException gone) {
                // It has ended already: nothing is left to be told.
                return was;
            }
        }
        return was;
    }

    /**
     * What the guardian process does.
     *
     * @param arguments index of the interface, parent and handle of the filter, and 1 if the queue is ours too
     */
    public static void main(String[] arguments) throws IOException {
        if (System.in.read() != DISMISSED) {
            ClassicTrafficFilter.remove(
                    Integer.parseInt(arguments[0]),
                    Integer.parseInt(arguments[1]),
                    Integer.parseInt(arguments[2]),
                    arguments[3].equals("1"));
        }
    }
}
