import Foundation
import Kit

extension World {
  /// The machine's clock and its source of randomness: the only place where the program reads either.
  static let live = World(
    now: { Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000)) }, random: { UInt64.random(in: .min ... .max) })
}
