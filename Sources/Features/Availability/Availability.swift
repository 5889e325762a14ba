import Kit
import Store
import Web

/// When people may be booked.
extension Feature {
  static let availability = Feature(
    "Availability",
    endpoints: [
      .page("/you/availability", ShowAvailability.self, "availability/show", "Show when the viewer may be booked"),
      .act(.post, "/you/availability", SetAvailability.self, "Set the week and the limits", form: "/you/availability") { _ in
        Destination("/you/availability", say: "Saved. These times hold from now on.")
      },
      .act(.post, "/you/availability/preset", UsePreset.self, "Set the week by a preset", form: "/you/availability") {
        guard let former = $0.former else { return Destination("/you/availability", say: "Your week is as it was.") }
        return Destination("/you/availability", say: "Saved. Change any day below.", undo: Destination.undo(former))
      },
      .act(.post, "/you/availability/exceptions", AddException.self, "Name dates that differ", form: "/you/availability") { _ in
        Destination("/you/availability", say: "Added.")
      },
      .act(.post, "/you/availability/pause", PauseMentoring.self, "Pause mentoring until a date", form: "/you/availability") { _ in
        Destination("/you/availability", say: "Paused. What is booked stays; nobody can book more before that date.")
      },
      .act(.post, "/you/availability/pause/end", EndPause.self, "End the pause") { _ in
        Destination("/you/availability", say: "Welcome back. Your week holds again.")
      },
      .act(.post, "/you/availability/zone", SettleZone.self, "Say what a change of zone means for the week") { _ in
        Destination("/you/availability", say: "Saved. Look through the week once more.")
      },
      .act(.post, "/you/availability/exceptions/:exception/remove", RemoveException.self, "Let the ordinary week hold again") { _ in
        Destination("/you/availability", say: "Removed. Your ordinary week holds again.")
      },
    ],
    migrations: AvailabilityTables.migrations,
    checks: [
      Check("windows belong to members", remedy: "Remove the windows of people who left.") { tx in
        try tx.count(
          """
          SELECT count(*) FROM weekly_window JOIN person ON person.org_id = weekly_window.org_id AND person.id = weekly_window.person_id
          WHERE person.state = 'left'
          """)
      }
    ],
    personalData: [
      PersonalColumn("person", ["time_version"], .none, .delete),
      PersonalColumn("weekly_window", ["org_id", "id", "person_id"], .none, .delete),
      PersonalColumn("weekly_window", ["weekday", "from_minute", "to_minute"], .behaviour, .delete),
      PersonalColumn("availability_exception", ["org_id", "id", "person_id", "created_at"], .none, .delete),
      PersonalColumn("availability_exception", ["kind", "first_date", "last_date", "from_minute", "to_minute"], .behaviour, .delete),
      PersonalColumn("availability_setting", ["org_id", "person_id", "updated_at", "zone"], .none, .delete),
      PersonalColumn(
        "availability_setting",
        [
          "weekly_minutes", "sessions_per_day", "buffer_before", "buffer_after", "notice_minutes", "horizon_days", "lengths",
          "confirms", "paused_until",
        ],
        .behaviour,
        .delete),
    ])
}
