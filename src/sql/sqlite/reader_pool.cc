#include "sql/sqlite/reader_pool.h"

#include <utility>

#include "sql/sqlite/transaction.h"

namespace everseal::sql::sqlite {
namespace {

constexpr const char* kReaderSettings = "PRAGMA cache_size = -8192";

// Calls `end` on the way out, by an exception too.
template <class End>
class Finally {
 public:
  explicit Finally(End end) : end_(std::move(end)) {}
  ~Finally() { end_(); }
  Finally(const Finally&) = delete;
  Finally& operator=(const Finally&) = delete;

 private:
  End end_;
};

}  // namespace

Result<std::vector<Connection>> ReaderPool::connect(const std::string& file, const std::string& vfs,
                                                    std::size_t count) {
  std::vector<Connection> connections;
  for (std::size_t i = 0; i < count; ++i) {
    auto opened = Connection::open(file, vfs, Connection::Access::ReadOnly);
    if (!opened) return opened.error();
    const auto set = opened->script(kReaderSettings);
    if (!set) return set.error();
    connections.push_back(*std::move(opened));
  }
  return connections;
}

Outcome ReaderPool::read(const std::function<void(Snapshot&)>& work) {
  auto taken = take();
  if (!taken) return taken.error();
  const Finally give([&] { give_back(*std::move(taken)); });
  const auto begun = taken->command("BEGIN");
  if (!begun) return begun.error();
  const Finally end([&] { static_cast<void>(taken->command("ROLLBACK")); });
  ReadSnapshot view(*taken);
  work(view);
  return {};
}

Result<Connection> ReaderPool::take() {
  const auto until = std::chrono::steady_clock::now() + longest_wait_;
  while (true) {
    const auto rings = free_.rings();
    if (auto connection = take_idle()) return *std::move(connection);
    const auto left = until - std::chrono::steady_clock::now();
    if (left <= left.zero()) return Fault::unavailable("sqlite: too many readers are waiting");
    free_.wait(rings, left);
  }
}

std::optional<Connection> ReaderPool::take_idle() {
  const std::scoped_lock lock(mutex_);
  if (idle_.empty()) return std::nullopt;
  std::optional connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

void ReaderPool::give_back(Connection connection) {
  {
    const std::scoped_lock lock(mutex_);
    idle_.push_back(std::move(connection));
  }
  free_.ring_for_one();
}

}  // namespace everseal::sql::sqlite
