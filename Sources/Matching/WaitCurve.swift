/// The share of asks still waiting after each time: the estimator of Kaplan and Meier (1958).
///
/// An ask that was never met counts as waiting up to the moment it left and then leaves the reckoning; dropping it instead would make
/// the wait look shorter than it is.
struct WaitCurve {
  /// Times at which asks were met, and the share still waiting just after.
  private var steps: [(minutes: Int, waiting: Double)] = []
  private let longest: Int

  init(_ waits: [Wait]) {
    // At equal times the met come first: whoever left then was still waiting just before.
    let sorted = waits.sorted { ($0.minutes, $0.wasMet ? 0 : 1) < ($1.minutes, $1.wasMet ? 0 : 1) }
    longest = sorted.last?.minutes ?? 0
    var waiting = 1.0
    for (index, wait) in sorted.enumerated() where wait.wasMet {
      let atRisk = Double(sorted.count - index)
      waiting *= (atRisk - 1) / atRisk
      steps.append((wait.minutes, waiting))
    }
  }

  /// The first time at which at most this share is still waiting.
  func bound(stillWaiting share: Double) -> WaitBound {
    // The products carry rounding errors of about 1e-16 each; a share that is met exactly must count as met.
    let reached = steps.first { $0.waiting <= share + 1e-9 }
    return reached.map { .within(minutes: $0.minutes) } ?? .moreThan(minutes: longest)
  }
}
