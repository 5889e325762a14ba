import Jobs
import Kit
import Store
import Web

/// Makes the demo organisation and plays its past. Begun again after a crash, it throws away what was there.
struct FillDemo: Job {
  static let kind = "demo.fill"

  static let handler = JobHandler(FillDemo.self) { job, run in try await job.run(run) }

  private func run(_ run: JobRun) async throws {
    let (store, world, host) = (run.store, run.world, try run.org())
    guard let installed = try await store.read({ tx in try InstalledDemo.of(host, tx) }), installed.isRunning else { return }
    do {
      try await fill(for: host, store, world)
      try await store.write { tx in
        try tx.run("UPDATE demo SET state = \(InstalledDemo.State.ready) WHERE org_id = \(host)")
        try tx.record(org: host, actor: nil, origin: "job", "demo.made", host, [:], world)
        tx.signal("org/\(host)")
      }
    } catch let error as CancellationError {
      throw error
    } catch {
      run.logger.error("The demo could not be made: \(error)")
      try await store.write { tx in
        if let half = try InstalledDemo.of(host, tx)?.demo { try EraseOrganisation(org: half)(tx) }
        try tx.run("UPDATE demo SET state = \(InstalledDemo.State.failed), demo_id = NULL WHERE org_id = \(host)")
        tx.signal("org/\(host)")
      }
    }
  }

  private func fill(for host: ID<Organisation>, _ store: Store, _ world: World) async throws {
    let zone = try await store.write { tx -> String in
      if let half = try InstalledDemo.of(host, tx)?.demo { try EraseOrganisation(org: half)(tx) }
      try tx.run("UPDATE demo SET state = \(InstalledDemo.State.running), demo_id = NULL, played = 0 WHERE org_id = \(host)")
      return try tx.value("SELECT zone FROM organisation WHERE id = \(host)") ?? "UTC"
    }
    let founding = Founding(
      name: InstalledDemo.name, domain: InstalledDemo.domain, zone: zone, members: InstalledDemo.members,
      content: try DemoPeople.read(), themes: try DemoTheme.read(), leads: DemoCast.northwind.filter { $0.key != "admin" })
    let past = PlayedPast(founding: founding, days: InstalledDemo.days, seed: world.random(), store: store, world: world)
    _ = try await past.play { day, org, tx in
      try Task.checkCancellation()
      try tx.run("UPDATE demo SET demo_id = \(org), played = \(day) WHERE org_id = \(host)")
      tx.signal("org/\(host)")
    }
  }
}
