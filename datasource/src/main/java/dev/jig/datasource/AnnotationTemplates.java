// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.Map;

/** The built-in named sets of field annotations; names are case-sensitive. */
public final class AnnotationTemplates {
    /** The annotation that asks for a template. */
    public static final String KEY = "template";

    private static final String WIDTH = "columns.width";
    private static final String MIN_WIDTH = "columns.minwidth";
    private static final String MAX_WIDTH = "columns.maxwidth";
    private static final String ALIGNMENT = "columns.alignment";
    private static final String ELLIPSIS = "columns.ellipsis";
    private static final String HIDDEN = "columns.hidden";
    private static final String DESCRIPTION = "description";

    private AnnotationTemplates() {}

    /** Copies the template's annotations over {@code annotations}; false when there is no such template. */
    public static boolean apply(String template, Map<String, String> annotations) {
        switch (template) {
            case "timestamp" -> {
                annotations.put(WIDTH, "35");
                annotations.put(MAX_WIDTH, "35");
                annotations.put(ELLIPSIS, "end");
                hidden(annotations, "Wall-clock time in nanoseconds since the Unix epoch");
            }
            case "bytes" -> right(annotations, WIDTH, "10");
            case "duration" -> right(annotations, WIDTH, "20");
            case "node", "pod" -> {
                annotations.put(WIDTH, "30");
                annotations.put(ELLIPSIS, "middle");
            }
            case "container", "namespace", "containerImageName", "containerImageDigest" -> annotations.put(WIDTH, "30");
            case "containerStartedAt" -> {
                annotations.put(WIDTH, "35");
                annotations.put(HIDDEN, "true");
            }
            case "containerPid" -> {
                right(annotations, WIDTH, "6");
                annotations.put(HIDDEN, "true");
            }
            case "comm" -> {
                annotations.put(MAX_WIDTH, "16");
                annotations.put(DESCRIPTION, "Process name");
            }
            case "pcomm" -> {
                annotations.put(MAX_WIDTH, "16");
                hidden(annotations, "Parent process name");
            }
            case "pid", "tid" -> {
                right(annotations, MIN_WIDTH, "7");
                annotations.put(DESCRIPTION, template.equals("pid") ? "Process ID" : "Thread ID");
            }
            case "ppid", "ptid" -> {
                right(annotations, MIN_WIDTH, "7");
                hidden(annotations, template.equals("ppid") ? "Parent process ID" : "Parent thread ID");
            }
            case "uid", "gid" -> {
                right(annotations, MIN_WIDTH, "8");
                annotations.put(DESCRIPTION, template.equals("uid") ? "User ID" : "Group ID");
            }
            case "ns" -> {
                right(annotations, WIDTH, "12");
                annotations.put(HIDDEN, "true");
            }
            case "mntns_id", "netns_id" -> {
                right(annotations, WIDTH, "12");
                hidden(annotations, template.equals("mntns_id") ? "Mount namespace ID" : "Network namespace ID");
            }
            case "l4endpoint" -> {
                annotations.put(MIN_WIDTH, "22");
                annotations.put(WIDTH, "40");
                annotations.put(MAX_WIDTH, "52");
                annotations.put(ELLIPSIS, "middle");
            }
            case "syscall" -> {
                annotations.put(DESCRIPTION, "Syscall");
                annotations.put(WIDTH, "18");
                annotations.put(MAX_WIDTH, "28");
            }
            case "errorString" -> annotations.put(WIDTH, "12");
            case "user_stack" -> hidden(annotations, "User stack trace");
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void right(Map<String, String> annotations, String widthKey, String width) {
        annotations.put(widthKey, width);
        annotations.put(ALIGNMENT, "right");
    }

    private static void hidden(Map<String, String> annotations, String description) {
        annotations.put(HIDDEN, "true");
        annotations.put(DESCRIPTION, description);
    }
}
