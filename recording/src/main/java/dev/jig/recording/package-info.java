/** Records a run to a file, and replays it: the same operators see the same records, without the kernel and without privileges. */
package dev.jig.recording;
