/// A fixed number of connections, lent to one exchange each; who finds none waits in line.
actor SMTPPool {
  private var idle: [SMTPConnection]
  private var waiting: [CheckedContinuation<SMTPConnection, Never>] = []

  init(_ settings: SMTPSettings) {
    idle = (0..<max(1, settings.connections)).map { _ in SMTPConnection(settings) }
  }

  func run(_ task: SMTPTask) async throws(MailError) {
    let connection = await take()
    let result = await connection.run(task)
    giveBack(connection)
    try result.get()
  }

  /// The connection given back last is lent first: few stay warm, the others sleep.
  private func take() async -> SMTPConnection {
    if let connection = idle.popLast() { return connection }
    return await withCheckedContinuation { waiting.append($0) }
  }

  private func giveBack(_ connection: SMTPConnection) {
    if waiting.isEmpty { idle.append(connection) } else { waiting.removeFirst().resume(returning: connection) }
  }
}
