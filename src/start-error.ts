/** Why the bot can't start, as a sentence for the operator that holds no secret. */
export class StartError extends Error {
  /**
   * @param code for the log
   * @param message what is wrong and what to do
   * @param exitCode 65 where a newer version wrote the data (`sysexits.h`, EX_DATAERR), 78 where the configuration has to change (`sysexits.h`, EX_CONFIG), 1 where trying again may help
   */
  constructor(
    readonly code: string,
    message: string,
    readonly exitCode: 1 | 65 | 78,
  ) {
    super(message);
    this.name = "StartError";
  }
}
