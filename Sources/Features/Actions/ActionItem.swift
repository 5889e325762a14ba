import Kit
import Scheduling
import Store
import Web

/// A promise with a date, made when a session was wrapped up.
struct ActionItem: Output, RowDecodable, Hashable {
  enum State: String, Choice, Bindable { case open, done, dropped }

  let id: ID<ActionItem>
  let session: ID<Session>
  let owner: ID<Person>
  /// The other one of the pair, to whom it was promised.
  let partner: ID<Person>
  let text: String
  let due: String
  let state: State

  static let columns: SQL = "id, session_id, owner_id, partner_id, text, due, state"

  init(row: Row) throws {
    id = try row("id")
    session = try row("session_id")
    owner = try row("owner_id")
    partner = try row("partner_id")
    text = try row("text")
    due = try row("due")
    state = try row("state")
  }

  /// "Due Fri 4 Dec", "Due today", "3 days over".
  func dueWords(today: CivilDate) -> String {
    guard let date = CivilDate(due) else { return "" }
    let days = date.days(since: today)
    return days < 0
      ? "\(counted(-days, "day")) over" : days == 0 ? "Due today" : days == 1 ? "Due tomorrow" : "Due \(DisplayTime.day(date))"
  }
}
