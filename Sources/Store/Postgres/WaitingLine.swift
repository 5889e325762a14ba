import Dispatch

/// For what somebody wants a session.
enum SessionUse: Sendable {
  case reading
  case writing
  /// To write while no other writer of this process begins, as those do whose transaction failed twice. Without it a transaction
  /// that conflicts with many short ones may lose every time.
  case writingAlone
}

/// In which order sessions are handed out, and when waiting has no more sense. A value without a clock: it is told the time.
///
/// Whoever came first goes first, with one exception: who writes alone goes before all, since every other writer waits for it.
struct WaitingLine<Waiter> {
  /// When a place in the line is given up.
  struct Patience: Sendable {
    /// Nobody got further for so long while all sessions were taken: the server hangs, or one thing takes too long.
    var standstill: Duration = .seconds(2)
    /// However well the line moves.
    var longest: Duration = .seconds(20)
    /// More than so many are turned away at once.
    var places = 1024
  }

  private struct Place {
    let number: Int
    let use: SessionUse
    let waiter: Waiter
    let since: ContinuousClock.Instant
  }

  let patience: Patience
  private var places: [Place] = []
  private var serial = 0
  private var isOneAlone = false
  private var movedAt: ContinuousClock.Instant?

  init(_ patience: Patience) { self.patience = patience }

  var isFull: Bool { places.count >= patience.places }

  /// Whether somebody who comes now may take a free session at once; if so, the session counts as handed out for that use.
  mutating func mayPass(_ use: SessionUse) -> Bool {
    guard isOpen(to: use) else { return false }
    if use == .writingAlone { isOneAlone = true }
    return true
  }

  /// Adds somebody at the end and returns the number of the place.
  mutating func add(_ waiter: Waiter, _ use: SessionUse, now: ContinuousClock.Instant) -> Int {
    serial += 1
    places.append(Place(number: serial, use: use, waiter: waiter, since: now))
    return serial
  }

  /// Notes that a session came back.
  mutating func ended(_ use: SessionUse, now: ContinuousClock.Instant) {
    movedAt = now
    if use == .writingAlone { isOneAlone = false }
  }

  /// Whom a free session goes to; nil when nobody waits who may go.
  mutating func next() -> Waiter? {
    let alone = isOneAlone ? nil : places.firstIndex { $0.use == .writingAlone }
    guard let place = alone ?? places.firstIndex(where: { isOpen(to: $0.use) }) else { return nil }
    let chosen = places.remove(at: place)
    if chosen.use == .writingAlone { isOneAlone = true }
    return chosen.waiter
  }

  enum Outlook {
    case gone
    case wait
    case giveUp(Waiter)
  }

  /// Looks after a place: it may have been served, may go on waiting, or is given up.
  mutating func look(after number: Int, isSessionFree: Bool, now: ContinuousClock.Instant) -> Outlook {
    guard let index = places.firstIndex(where: { $0.number == number }) else { return .gone }
    let since = places[index].since
    let stands = !isSessionFree && now - max(since, movedAt ?? since) >= patience.standstill
    guard stands || now - since >= patience.longest else { return .wait }
    return .giveUp(places.remove(at: index).waiter)
  }

  /// Empties the line.
  mutating func dismiss() -> [Waiter] {
    defer { places = [] }
    return places.map(\.waiter)
  }

  private func isOpen(to use: SessionUse) -> Bool {
    switch use {
    case .reading: true
    case .writing: !isOneAlone && !places.contains { $0.use == .writingAlone }
    case .writingAlone: !isOneAlone
    }
  }
}
