/** What `sysexits.h` calls them: the command line is wrong, the data is, a try later may help, the configuration is wrong. */
export const EXIT = { usage: 64, data: 65, tempFail: 75, config: 78 } as const;

/** Why the bot can't start, as a sentence for the operator that holds no secret. */
export class StartError extends Error {
  /**
   * @param code for the log
   * @param message what is wrong and what to do
   * @param exitCode 64 where a command was asked for wrongly, 65 where a newer version wrote the data, 75 where what is
   *   needed is not to be had now, 78 where the configuration has to change, 1 where trying again may help
   */
  constructor(
    readonly code: string,
    message: string,
    readonly exitCode: 1 | 64 | 65 | 75 | 78,
  ) {
    super(message);
    this.name = "StartError";
  }
}

/** What the bot needs is not to be had now, and may be soon: another process has it, or it does not answer. */
export class InUse extends StartError {
  /** @param waitsFor what is waited for, after "Waiting for " */
  constructor(
    code: string,
    readonly waitsFor: string,
    message: string,
  ) {
    super(code, message, EXIT.tempFail);
  }
}

/** The bot was stopped before it had started. */
export class Stopped extends StartError {
  constructor() {
    super("stopped", "The bot was stopped.", 1);
  }
}
