package io.tidemark.examples;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** One run of {@link LatencyJob} within a test. */
record JobRun(int exitCode, String output, String errors) {

    static JobRun of(String... arguments) {
        StringWriter output = new StringWriter();
        StringWriter errors = new StringWriter();
        CommandLine job =
                LatencyJob.commandLine().setOut(new PrintWriter(output)).setErr(new PrintWriter(errors));
        int exitCode = job.execute(arguments);
        return new JobRun(exitCode, output.toString(), errors.toString());
    }
}
