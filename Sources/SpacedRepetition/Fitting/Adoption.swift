/// A fit to one person's reviews, and whether it should take the place of the weights in use.
///
/// A fit that looks better on the reviews it was made from proves nothing, so both questions are asked of reviews it has not seen:
/// against the default weights over five folds in time, and, for a person who has weights of their own already, against those on the
/// last fifth. Ask again only after the reviews have grown by half: then the last fifth is new to both.
public struct Adoption: Sendable {
  /// The fit to all reviews.
  public let fit: Fit
  /// How fits to earlier reviews foretold later ones, over five folds.
  public let evaluation: Evaluation
  /// Whether the fit is better, held out, than what is in use.
  public let isBetter: Bool

  /// The least gain in held-out log loss that is worth a change.
  public static let leastGain = 0.0005

  /// - Parameter current: the person's own weights in use; nil for the defaults.
  public init(_ histories: [ReviewHistory], replacing current: Parameters?, options: Fit.Options = Fit.Options()) {
    fit = Fit(histories, options: options)
    evaluation = Evaluation(histories, options: options)
    guard let current, evaluation.isWorthAdopting else {
      isBetter = evaluation.isWorthAdopting
      return
    }
    let candidate = Evaluation(histories, split: .lastFifth, options: options).fitted
    let used = Evaluation(histories, split: .lastFifth, weights: current, options: options).fitted
    isBetter = candidate.logLoss <= used.logLoss - Self.leastGain
  }
}
