// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import java.util.Locale;
import java.util.Optional;

/**
 * The full name of an image: {@code domain/path[:tag][@digest]}.
 *
 * @param repository domain and path
 * @param tag empty when the name has only a digest
 * @param digest {@code algorithm:hex}, if the name has one
 */
public record ImageName(String repository, String tag, Optional<String> digest) {
    /** What a bare name is completed with. */
    public static final String DEFAULT_PREFIX = "ghcr.io/inspektor-gadget/gadget/";

    private static final String DEFAULT_DOMAIN = "ghcr.io";
    private static final String DOCKER_DOMAIN = "docker.io";
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_TAG = 128;
    private static final int SHA256_HEX = 64;

    /**
     * Completes what a user typed.
     *
     * @throws ImageException when the text is no image name
     */
    public static ImageName parse(String typed) {
        int slash = typed.indexOf('/');
        boolean hasDomain = slash > 0 && isDomain(typed.substring(0, slash));
        String domain = hasDomain ? typed.substring(0, slash) : DEFAULT_DOMAIN;
        String rest = hasDomain ? typed.substring(slash + 1) : typed;
        if (domain.equals("index.docker.io")) {
            domain = DOCKER_DOMAIN;
        }
        if (rest.indexOf('/') < 0) {
            rest = switch (domain) {
                case DEFAULT_DOMAIN -> "inspektor-gadget/gadget/" + rest;
                case DOCKER_DOMAIN -> "library/" + rest;
                default -> rest;
            };
        }
        return split(typed, domain, rest);
    }

    private static boolean isDomain(String text) {
        return text.indexOf('.') >= 0
                || text.indexOf(':') >= 0
                || text.equals("localhost")
                || text.chars().anyMatch(Character::isUpperCase);
    }

    private static ImageName split(String typed, String domain, String rest) {
        String path = rest;
        Optional<String> digest = Optional.empty();
        int at = path.indexOf('@');
        if (at >= 0) {
            digest = Optional.of(path.substring(at + 1));
            path = path.substring(0, at);
            check(isDigest(digest.get()), typed, "");
        }
        String tag = digest.isPresent() ? "" : "latest";
        int colon = path.lastIndexOf(':');
        if (colon >= 0) {
            tag = path.substring(colon + 1);
            path = path.substring(0, colon);
            check(isTag(tag), typed, "");
        }
        boolean onlyCaseIsWrong = isPath(path.toLowerCase(Locale.ROOT)) && !isPath(path);
        check(!onlyCaseIsWrong, typed, ": repository name (" + path + ") must be lowercase");
        check(isPath(path) && isHost(domain) && domain.length() + path.length() < LONGEST_NAME, typed, "");
        return new ImageName(domain + "/" + path, tag, digest);
    }

    private static void check(boolean valid, String typed, String detail) {
        if (!valid) {
            throw new ImageException(
                    "normalizing image: parsing normalized image \"" + typed + "\": invalid reference format" + detail);
        }
    }

    /** Labels of letters, digits and inner dashes, or an IPv6 address in brackets; then perhaps a port. */
    private static boolean isHost(String domain) {
        int close = domain.indexOf(']');
        int colon = domain.indexOf(':', Math.max(close, 0));
        String host = colon < 0 ? domain : domain.substring(0, colon);
        String port = colon < 0 ? "0" : domain.substring(colon + 1);
        if (port.isEmpty() || !port.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        if (host.startsWith("[")) {
            return close == host.length() - 1
                    && host.substring(1, close).chars().allMatch(c -> c == ':' || Character.digit(c, 16) >= 0);
        }
        for (String label : host.split("[.]", -1)) {
            boolean valid = !label.isEmpty()
                    && !label.startsWith("-")
                    && !label.endsWith("-")
                    && label.chars().allMatch(c -> c == '-' || c < 128 && Character.isLetterOrDigit(c));
            if (!valid) {
                return false;
            }
        }
        return true;
    }

    /** Components of lower-case letters and digits, joined inside by one of {@code . _ __} or dashes. */
    private static boolean isPath(String path) {
        for (String component : path.split("/", -1)) {
            if (!isComponent(component)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isComponent(String component) {
        int length = component.length();
        int position = 0;
        while (true) {
            int start = position;
            while (position < length && isAlphanumeric(component.charAt(position))) {
                position++;
            }
            if (position == start) {
                return false;
            }
            if (position == length) {
                return true;
            }
            position = endOfSeparator(component, position);
            if (position < 0) {
                return false;
            }
        }
    }

    private static int endOfSeparator(String component, int start) {
        char first = component.charAt(start);
        int end = start;
        while (end < component.length() && component.charAt(end) == first) {
            end++;
        }
        return switch (first) {
            case '.' -> end - start == 1 ? end : -1;
            case '_' -> end - start <= 2 ? end : -1;
            case '-' -> end;
            default -> -1;
        };
    }

    private static boolean isAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || (c >= '0' && c <= '9');
    }

    private static boolean isTag(String tag) {
        if (tag.isEmpty() || tag.length() > LONGEST_TAG || tag.charAt(0) == '.' || tag.charAt(0) == '-') {
            return false;
        }
        return tag.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-'));
    }

    private static boolean isDigest(String digest) {
        String prefix = "sha256:";
        return digest.startsWith(prefix)
                && digest.length() == prefix.length() + SHA256_HEX
                && digest.substring(prefix.length()).chars().allMatch(c -> Character.digit(c, 16) >= 0);
    }

    /** The repository as lists show it: without the default prefix. */
    public String shortRepository() {
        return repository.startsWith(DEFAULT_PREFIX) ? repository.substring(DEFAULT_PREFIX.length()) : repository;
    }

    /** The full name. */
    @Override
    public String toString() {
        return repository
                + (tag.isEmpty() ? "" : ":" + tag)
                + digest.map(text -> "@" + text).orElse("");
    }
}
