#include "sql/sqlite/open.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

#include "sql/sqlite/committer.h"
#include "sql/sqlite/connection.h"
#include "sql/sqlite/memory_vfs.h"
#include "sql/sqlite/reader_pool.h"
#include "sql/topics.h"

namespace everseal::sql::sqlite {
namespace {

constexpr const char* kFileInMemory = "/everseal";
constexpr std::int64_t kApplicationId = 0x45565253;  // "EVRS", at offset 68 of the file

// The log is kept at this size when it begins anew: writing over it needs no new blocks, and each
// fsync is cheaper for it. Each COMMIT may walk through the whole cache (after a page was split),
// so a larger one costs more than it saves: 64 MiB took 36 us a transaction of two rows, 16 MiB 30.
constexpr const char* kWriterSettings =
    "PRAGMA cache_size = -16384;"
    "PRAGMA wal_autocheckpoint = 0;"
    "PRAGMA journal_size_limit = 67108864;";

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(std::unique_ptr<MemoryVfs> memory, Connection writer,
                 std::vector<Connection> readers, const Options& options, Log& log)
      : memory_(std::move(memory)),
        committer_(
            std::move(writer), topics_,
            {options.most_waiting_writes, options.longest_wait, options.pages_between_checkpoints},
            log),
        readers_(std::move(readers), options.longest_wait) {}

  Engine engine() const override { return Engine::Sqlite; }

  Subscription listen(std::string_view topic, std::function<void(std::int64_t)> hear) override {
    return topics_.listen(topic, std::move(hear));
  }

 protected:
  Outcome write_until_durable(const std::function<bool(Transaction&)>& work) override {
    return committer_.submit(work);
  }
  Outcome read_consistently(const std::function<void(Snapshot&)>& work) override {
    return readers_.read(work);
  }

 private:
  std::unique_ptr<MemoryVfs> memory_;
  Topics topics_;
  Committer committer_;
  ReaderPool readers_;  // ends before the committer, whose connection then tidies the log away
};

Fault about(const std::string& file, const Fault& fault) {
  return {fault.kind, "cannot open " + file + ": " + fault.cause};
}

// SQLite would make it readable by all.
Outcome make_file(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return Fault::unavailable(std::strerror(errno));
  ::close(descriptor);
  return {};
}

Result<bool> is_new(Connection& connection) {
  const auto tables = connection.number("SELECT count(*) FROM sqlite_schema");
  if (!tables) return tables.error();
  const auto id = connection.number("PRAGMA application_id");
  if (!id) return id.error();
  if (*id == kApplicationId) return false;
  if (*id == 0 && *tables == 0) return true;
  return Fault::broken("it is a database of another program");
}

Outcome mark_as_ours(Connection& connection) {
  return connection.script("PRAGMA application_id = " + std::to_string(kApplicationId));
}

Outcome use_write_ahead_log(Connection& connection) {
  auto cursor = connection.query("PRAGMA journal_mode = WAL", {});
  if (!cursor) return cursor.error();
  const auto there = cursor->step();
  if (!there) return there.error();
  const auto row = cursor->row();
  if (!row) return row.error();
  if (row->text(0) != "wal") return Fault::unavailable("it cannot have a write-ahead log here");
  return {};
}

// SQLite counts its memory under one lock for all connections. Heard only before its first use.
void do_not_count_memory() {
  static const int once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(once);
}

// The connection of the committer, to a database that is ours.
Result<Connection> open_writer(const std::string& file, const std::string& vfs) {
  do_not_count_memory();
  auto opened = Connection::open(file, vfs, Connection::Access::ReadWrite);
  if (!opened) return opened;
  const auto fresh = is_new(*opened);
  if (!fresh) return fresh.error();
  if (*fresh) {
    const auto marked = mark_as_ours(*opened);
    if (!marked) return marked.error();
  }
  const auto logged = use_write_ahead_log(*opened);
  if (!logged) return logged.error();
  const auto set = opened->script(kWriterSettings);
  if (!set) return set.error();
  return opened;
}

}  // namespace

Result<std::unique_ptr<Database>> open(const std::filesystem::path& file, const Options& options,
                                       Log& log) {
  const auto made = make_file(file);
  if (!made) return about(file, made.error());
  auto writer = open_writer(file, options.vfs);
  if (!writer) return about(file, writer.error());
  auto readers = ReaderPool::connect(file, options.vfs, options.readers);
  if (!readers) return about(file, readers.error());
  return std::unique_ptr<Database>(std::make_unique<SqliteDatabase>(
      nullptr, *std::move(writer), *std::move(readers), options, log));
}

Result<std::unique_ptr<Database>> open_in_memory(const Options& options, Log& log) {
  do_not_count_memory();
  auto memory = std::make_unique<MemoryVfs>();
  auto writer = open_writer(kFileInMemory, memory->name());
  if (!writer) return about("the database in memory", writer.error());
  auto readers = ReaderPool::connect(kFileInMemory, memory->name(), options.readers);
  if (!readers) return about("the database in memory", readers.error());
  return std::unique_ptr<Database>(std::make_unique<SqliteDatabase>(
      std::move(memory), *std::move(writer), *std::move(readers), options, log));
}

}  // namespace everseal::sql::sqlite
