// How many small transactions a second become durable when many threads write at once, beside what
// the disk and SQLite allow: the same rows, inserted by one thread that calls SQLite itself and
// commits 64 transactions at a time. Both write to a new file in the folder given (default: here).
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "clock/clock.h"
#include "encoding/hex.h"
#include "log/log.h"
#include "random/random.h"
#include "sql/sqlite/open.h"

namespace {

using namespace everseal;

constexpr int kThreads = 64;
constexpr int kGroup = 64;
constexpr int kTransactionsEach = 1000;
constexpr int kTransactions = kThreads * kTransactionsEach;
constexpr int kSyncs = 500;
constexpr const char* kTables =
    "CREATE TABLE first (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, body BLOB) STRICT;"
    "CREATE TABLE second (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, body BLOB) STRICT;";
constexpr const char* kFirst = "INSERT INTO first (name, body) VALUES ($1, $2)";
constexpr const char* kSecond = "INSERT INTO second (name, body) VALUES ($1, $2)";

[[noreturn]] void give_up(const std::string& cause) {
  std::fprintf(stderr, "%s\n", cause.c_str());
  std::exit(1);
}

struct Contents {
  SystemRandom random;
  Bytes body = random.bytes(1000);
  std::string name() { return encoding::to_hex(random.bytes(16)); }
};

double seconds(const Stopwatch& watch) {
  return static_cast<double>(watch.elapsed().count()) / 1e6;
}

// What a thread of that name has spent so far, in microseconds.
double cpu_of_thread(const std::string& name) {
  for (const auto& task : std::filesystem::directory_iterator("/proc/self/task")) {
    std::string found;
    std::getline(std::ifstream(task.path() / "comm"), found);
    double nanoseconds = 0;
    if (found == name && std::ifstream(task.path() / "schedstat") >> nanoseconds) {
      return nanoseconds / 1000;
    }
  }
  return 0;
}

// Appends of one group's octets, each made durable, a second.
double raw_syncs(const std::filesystem::path& folder) {
  const auto file = folder / "raw";
  const int descriptor = ::open(file.c_str(), O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0600);
  const Bytes group(kGroup * 4 * 4096, 'x');
  const Stopwatch watch;
  for (int i = 0; i < kSyncs; ++i) {
    if (::write(descriptor, group.data(), group.size()) < 0) give_up("cannot write");
    if (::fdatasync(descriptor) != 0) give_up("cannot sync");
  }
  const double elapsed = seconds(watch);
  ::close(descriptor);
  std::filesystem::remove(file);
  return kSyncs / elapsed;
}

void step(sqlite3* handle, sqlite3_stmt* statement, const std::string& name, const Bytes& body) {
  sqlite3_bind_text(statement, 1, name.data(), static_cast<int>(name.size()), SQLITE_STATIC);
  sqlite3_bind_blob(statement, 2, body.data(), static_cast<int>(body.size()), SQLITE_STATIC);
  if (sqlite3_step(statement) != SQLITE_DONE) give_up(sqlite3_errmsg(handle));
  sqlite3_reset(statement);
}

// Transactions a second of one thread that knows all 64 of a group beforehand.
double plain_sqlite(const std::filesystem::path& folder) {
  sqlite3* handle = nullptr;
  sqlite3_open((folder / "plain.db").c_str(), &handle);
  const auto run = [&](const char* text) {
    if (sqlite3_exec(handle, text, nullptr, nullptr, nullptr) != SQLITE_OK) {
      give_up(sqlite3_errmsg(handle));
    }
  };
  run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;"
      "PRAGMA wal_autocheckpoint = 4096;");
  run(kTables);
  sqlite3_stmt* first = nullptr;
  sqlite3_stmt* second = nullptr;
  sqlite3_prepare_v2(handle, kFirst, -1, &first, nullptr);
  sqlite3_prepare_v2(handle, kSecond, -1, &second, nullptr);
  Contents contents;
  const Stopwatch watch;
  for (int done = 0; done < kTransactions; done += kGroup) {
    run("BEGIN IMMEDIATE");
    for (int i = 0; i < kGroup; ++i) {
      step(handle, first, contents.name(), contents.body);
      step(handle, second, contents.name(), contents.body);
    }
    run("COMMIT");
  }
  const double rate = kTransactions / seconds(watch);
  sqlite3_finalize(first);
  sqlite3_finalize(second);
  sqlite3_close(handle);
  return rate;
}

struct Measured {
  double rate;           // transactions a second
  double committer_cpu;  // microseconds a transaction
  std::vector<std::int64_t> latencies;
};

Outcome insert_both(sql::Transaction& tx, const std::string& name, const Bytes& body) {
  const auto first = tx.run(kFirst, name, body);
  if (!first) return first.error();
  const auto second = tx.run(kSecond, name, body);
  if (!second) return second.error();
  return {};
}

std::vector<std::int64_t> write_many(sql::Database& database) {
  Contents contents;
  std::vector<std::int64_t> latencies;
  for (int i = 0; i < kTransactionsEach; ++i) {
    const auto name = contents.name();
    const Stopwatch watch;
    const auto done =
        database.write([&](sql::Transaction& tx) { return insert_both(tx, name, contents.body); });
    if (!done) give_up(done.error().cause);
    latencies.push_back(watch.elapsed().count());
  }
  return latencies;
}

Measured group_commit(sql::Database& database) {
  if (!database.write([](sql::Transaction& tx) { return tx.script(kTables); })) {
    give_up("cannot make the tables");
  }
  const double cpu_before = cpu_of_thread("committer");
  std::vector<std::vector<std::int64_t>> latencies(kThreads);
  const Stopwatch watch;
  {
    std::vector<std::jthread> threads;
    for (auto& own : latencies) threads.emplace_back([&] { own = write_many(database); });
  }
  Measured measured{kTransactions / seconds(watch),
                    (cpu_of_thread("committer") - cpu_before) / kTransactions,
                    {}};
  for (const auto& own : latencies) {
    measured.latencies.insert(measured.latencies.end(), own.begin(), own.end());
  }
  std::sort(measured.latencies.begin(), measured.latencies.end());
  return measured;
}

void print(const char* place, const Measured& measured, double limit) {
  const auto at = [&](double part) {
    const auto count = static_cast<double>(measured.latencies.size());
    return static_cast<double>(measured.latencies[static_cast<std::size_t>(count * part)]) / 1000;
  };
  std::printf(
      "commit, %s: %.0f transactions/s, %d threads; %.2f of plain SQLite's %.0f/s; "
      "committer %.1f us each; latency %.2f ms median, %.2f ms p99, %.2f ms worst\n",
      place, measured.rate, kThreads, measured.rate / limit, limit, measured.committer_cpu, at(0.5),
      at(0.99), static_cast<double>(measured.latencies.back()) / 1000);
}

}  // namespace

int main(int argc, char** argv) {
  std::string pattern = std::string(argc > 1 ? argv[1] : ".") + "/commit_bench-XXXXXX";
  const std::filesystem::path folder = ::mkdtemp(pattern.data());
  const WallClock clock;
  Log log(clock, LogLevel::Warning);
  std::printf("fsync: %.0f appends of %d KiB a second\n", raw_syncs(folder), kGroup * 4 * 4);
  const double limit = plain_sqlite(folder);
  {
    const auto database = sql::sqlite::open(folder / "test.db", {}, log);
    if (!database) give_up(database.error().cause);
    print("on disk", group_commit(**database), limit);
  }
  {
    const auto database = sql::sqlite::open_in_memory({}, log);
    if (!database) give_up(database.error().cause);
    print("in memory", group_commit(**database), limit);
  }
  std::filesystem::remove_all(folder);
  return 0;
}
