import Jobs
import Kit
import Store
import Web

/// Sends one reminder. A transaction reads the session again and says what is to be sent; the mail leaves outside of it; a second
/// transaction writes down that it left. A crash between the last two repeats the mail with the same Message-ID.
struct SendReminder: Sendable {
  let site: Site

  func callAsFunction(_ job: SessionReminder, _ run: JobRun) async throws {
    let org = try run.org()
    let claim = try await run.store.write { tx in try look(job, org: org, tx, run.world) }
    switch claim {
    case .nothing: return
    case .wait(let until): throw JobFailure.notBefore(until)
    case .send(let letter, let settles):
      // When the mail is refused for good the row stays planned: whoever mends the address and retries the job sends it still.
      let isSent = try await SendLetter(site: site).now(letter, key: "reminder/\(job.key)", org: org, run)
      try await settle(settles, !isSent ? .skipped : settles.count > 1 ? .told : .sent, run)
    }
  }

  private func settle(_ reminders: [Reminder], _ state: Reminder.State, _ run: JobRun) async throws {
    try await run.store.write { tx in
      for reminder in reminders { try reminder.settle(state, tx, run.world) }
    }
  }

  private enum Claim: Sendable {
    case nothing
    case wait(Instant)
    case send(Letter, [Reminder])
  }

  private func look(_ job: SessionReminder, org: ID<Organisation>, _ tx: Transaction, _ world: World) throws -> Claim {
    let now = world.now()
    guard let reminder = try Reminder.planned(job, org: org, tx) else {
      // The letter about others that this one was to tell of has not left yet.
      guard try Reminder.isAwaited(by: job.key, of: job.person, org: org, tx), let own = try Addressee.find(job.person, org: org, tx),
        own.isActive
      else { return .nothing }
      return try overdue(job.key, own, tx, world)
    }
    guard reminder.leader == nil || reminder.leader == reminder.key else { return .nothing }
    if reminder.due > now { return .wait(reminder.due) }
    guard let own = try Addressee.find(job.person, org: org, tx), own.isActive else { return try skip(reminder, tx, world) }
    if now - reminder.due > reminder.kind.patience || reminder.leader != nil { return try overdue(job.key, own, tx, world) }
    guard let due = try DueReminder(reminder, own, tx), try NotificationChoice.of(own, tx).reminders.contains(reminder.kind) else {
      return try skip(reminder, tx, world)
    }
    return .send(try due.letter(tx, world), [reminder])
  }

  private func overdue(_ key: String, _ own: Addressee, _ tx: Transaction, _ world: World) throws -> Claim {
    let overdue = try OverdueReminders.gather(key, own, tx, world)
    guard let letter = overdue.letter else { return .nothing }
    return .send(letter, overdue.told)
  }

  private func skip(_ reminder: Reminder, _ tx: Transaction, _ world: World) throws -> Claim {
    try reminder.settle(.skipped, tx, world)
    return .nothing
  }
}
