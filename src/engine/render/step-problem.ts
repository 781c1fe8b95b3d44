/** Why a step cannot be done, in a whole sentence, and what to do about it. */
export class StepProblem extends Error {
  override readonly name = 'StepProblem';
  readonly fix: string;

  constructor(message: string, fix: string) {
    super(message);
    this.fix = fix;
  }
}
