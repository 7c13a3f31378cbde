package io.tidemark.bench;

import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Lets a benchmark class run itself, with JMH's own command line. */
final class SelfRun {

    private SelfRun() {}

    static void run(Class<?> benchmark, String[] arguments) throws RunnerException, CommandLineOptionException {
        new Runner(new OptionsBuilder()
                        .parent(new CommandLineOptions(arguments))
                        .include("^" + benchmark.getName().replace(".", "\\.") + "\\.")
                        .build())
                .run();
    }
}
