import Kit
import Scheduling
import SpacedRepetition

/// When a card comes back, in words.
enum DueWords {
  static func of(_ due: Due?, _ clock: LearningClock) -> String {
    switch due {
    case nil: "now"
    case .instant(let instant): soon((instant - clock.now.microseconds) / 1_000_000)
    case .day(let day): days(clock.today.days(to: day))
    }
  }

  /// Under a button: "10 min", "tomorrow", "in 12 days".
  static func of(_ wait: Wait) -> String {
    switch wait {
    case .seconds(let seconds): soon(Int64(seconds))
    case .days(let count): days(count)
    }
  }

  private static func soon(_ seconds: Int64) -> String { seconds <= 0 ? "now" : "in \(max(1, (seconds + 30) / 60)) min" }

  private static func days(_ count: Int) -> String {
    switch count {
    case ...0: "today"
    case 1: "tomorrow"
    case ...13: "in \(count) days"
    case ...59: "in \((count + 3) / 7) weeks"
    case ...729: "in \((count + 15) / 30) months"
    default: "in \((count + 182) / 365) years"
    }
  }
}
