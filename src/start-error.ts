/** Why the bot can't start, as a sentence for the operator that holds no secret. */
export class StartError extends Error {
  /**
   * @param code for the log
   * @param message what is wrong and what to do
   * @param exitCode 78 where the configuration has to change (`sysexits.h`, EX_CONFIG), 1 where trying again may help
   */
  constructor(
    readonly code: string,
    message: string,
    readonly exitCode: 1 | 78,
  ) {
    super(message);
    this.name = "StartError";
  }
}
