package io.github.claudefleet.spec;

import java.nio.file.Path;

/**
 * Limit of the cost of all fleets of a project on this machine in one day. The day is that of the machine's time zone.
 *
 * @param maxCost maximum cost in a day
 * @param directory directory of the machine with the ledgers of costs, one for each project
 */
public record DailyLimit(Usd maxCost, Path directory) {}
