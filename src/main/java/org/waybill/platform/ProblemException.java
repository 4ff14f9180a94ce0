package org.waybill.platform;

/** Ends a request with a {@link Problem}. */
public class ProblemException extends WaybillException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.status() + ": " + problem.detail());
    this.problem = problem;
  }

  public ProblemException(int status, String detail) {
    this(Problem.of(status, detail));
  }

  public Problem problem() {
    return problem;
  }
}
