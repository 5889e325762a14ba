import Foundation

/// What a measurement costs: processor time of the whole process, time on the wall, memory.
enum LabClock {
  /// Seconds this process has used, in the kernel too.
  static func cpu() -> Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }

  /// Seconds on a clock that nobody sets.
  static func wall() -> Double { seconds(CLOCK_MONOTONIC) }

  /// The most memory the process ever had, MB.
  static func peakMegabytes() -> Double {
    var usage = rusage()
    #if canImport(Glibc)
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    #else
      getrusage(RUSAGE_SELF, &usage)
    #endif
    return Double(usage.ru_maxrss) / 1_024
  }

  /// The memory the process has now, MB; 0 where the system does not tell.
  static func residentMegabytes() -> Double {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0
    return pages * Double(sysconf(Int32(_SC_PAGESIZE))) / 1_048_576
  }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
