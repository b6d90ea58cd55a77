#include <signal.h>

#include <CLI/CLI.hpp>
#include <array>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "command.h"
#include "last_call.h"
#include "program.h"
#include "server_names.h"
#include "services/s3/directory_storage.h"
#include "sql/sqlite/directory_lock.h"
#include "sql/sqlite/open.h"

namespace everseal::app {
namespace {

// A stopped server has ended within five seconds: what has begun has most of them to end by itself,
// the rest is for closing the data.
constexpr std::chrono::milliseconds kStopWithin{3500};
constexpr std::chrono::milliseconds kEndWithin{4500};

struct Wishes {
  std::string data;
  bool ephemeral = false;
  std::string listen;
  std::string publish;
  std::string config;
  std::string clock = "wall";
  std::string account_id = "123456789012";
  std::string region = "us-east-1";
  std::vector<std::string> host_names;
};

LogLevel level_named(const std::string& name) {
  if (name == "debug") return LogLevel::Debug;
  if (name == "warning") return LogLevel::Warning;
  if (name == "error") return LogLevel::Error;
  return LogLevel::Info;
}

// Takes the signals that end the program away from all threads that are started later.
sigset_t block_stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  return signals;
}

Result<http::Listen> listen_at(const Wishes& wishes, const Configuration& configuration) {
  const auto& text = wishes.listen.empty() ? configuration.listen : wishes.listen;
  auto listen = http::Listen::parse(text);
  if (!listen) {
    return Fault::malformed("'" + text +
                            "' is not an address to listen at; it must be like 127.0.0.1:4566 or "
                            "[::1]:4566");
  }
  if (wishes.ephemeral && !listen->is_loopback()) {
    return Fault::malformed(
        "an ephemeral server has well-known credentials and listens on loopback only, not at " +
        text);
  }
  return listen;
}

// Where CRLs are fetched; nothing: nowhere.
Result<std::optional<http::Listen>> publish_at(const Wishes& wishes,
                                               const Configuration& configuration,
                                               const http::Listen& main) {
  using Place = std::optional<http::Listen>;
  const auto& text = wishes.publish.empty() ? configuration.publication.listen : wishes.publish;
  if (text == "off") return Place();
  auto listen = main;
  if (text.empty()) {
    constexpr std::uint16_t usual_port = 4580;
    listen.port = main.port == 0 ? 0 : usual_port;
  } else {
    auto parsed = http::Listen::parse(text);
    if (!parsed) return Fault::malformed("'" + text + "' is not an address to publish CRLs at");
    listen = *std::move(parsed);
  }
  listen.plain = http::PlainHttp::Anywhere;
  return Place(listen);
}

Result<Configuration> configuration_for(const Wishes& wishes) {
  if (wishes.config.empty()) return Configuration{};
  return read_configuration(wishes.config);
}

Result<Foundation> ephemeral_foundation(const Wishes& wishes, const Clock& clock, Random& random,
                                        Log& log) {
  auto database = sql::sqlite::open_in_memory({}, log);
  if (!database) return database.error();
  return lay_foundation(*std::move(database), keys::MasterKey::in_memory(random),
                        {.account_id = wishes.account_id,
                         .region = wishes.region,
                         .root_key = {"test", SecretBytes::copy_of("test")}},
                        clock, random);
}

installation::ClockKind clock_kind(const Wishes& wishes) {
  return wishes.clock == "virtual" ? installation::ClockKind::Virtual
                                   : installation::ClockKind::Wall;
}

// What time it is if time is virtual. Binds nothing: the start may yet fail.
Result<std::optional<TimePoint>> look_at_clock(sql::Database& database, const Wishes& wishes,
                                               const Clock& wall) {
  using Found = std::optional<TimePoint>;
  const auto kind = clock_kind(wishes);
  return database.read([&](sql::Snapshot& view) -> Result<Found> {
    if (auto right = installation::check_clock(view, kind); !right) return right.error();
    if (kind == installation::ClockKind::Wall) return Found();
    const auto stored = installation::virtual_time(view);
    if (!stored) return stored.error();
    return Found(stored->value_or(wall.now()));
  });
}

Outcome check_names(const Wishes& wishes) {
  auto names = local_names();
  for (const auto& name : wishes.host_names) {
    if (auto added = add_name(names, name); !added) return added;
  }
  return {};
}

// The log of a server on a virtual clock tells virtual time, so the clock comes first.
class Serving {
 public:
  explicit Serving(const Wishes& wishes) : wishes_(wishes) {}

  Outcome run() {
    const auto signals = block_stop_signals();
    const auto configured = configuration_for(wishes_);
    if (!configured) return configured.error();
    configuration_ = *configured;
    if (auto nameable = check_names(wishes_); !nameable) return nameable;
    const auto listen = listen_at(wishes_, configuration_);
    if (!listen) return listen.error();
    const auto publish = publish_at(wishes_, configuration_, *listen);
    if (!publish) return publish.error();
    const auto opened = open();
    if (!opened) return opened;
    auto program = Program::open({.foundation = foundation_,
                                  .clock = clock(),
                                  .moved_clock = moved_ ? moved_.get() : nullptr,
                                  .wall = wall_,
                                  .random = random_,
                                  .log = log(),
                                  .configuration = configuration_},
                                 *listen, *publish);
    if (!program) return program.error();
    if (auto bound = bind_clock(); !bound) return bound;
    if (auto serving = (*program)->serve(wishes_.host_names); !serving) return serving;
    announce(**program);
    wait_for(signals);
    last_call_.emplace(clock(), kEndWithin);
    (*program)->stop(std::chrono::steady_clock::now() + kStopWithin);
    log().info("server.stopped");
    return {};
  }

 private:
  const Clock& clock() const {
    if (moved_) return *moved_;
    return wall_;
  }
  Log& log() { return *log_; }

  Outcome open() {
    auto foundation =
        wishes_.ephemeral ? ephemeral_foundation(wishes_, wall_, random_, start_log_) : open_data();
    if (!foundation) return foundation.error();
    foundation_ = *std::move(foundation);
    const auto time = look_at_clock(*foundation_.database, wishes_, wall_);
    if (!time) return time.error();
    if (*time) moved_ = std::make_unique<ManualClock>(**time);
    log_ = std::make_unique<Log>(clock(), level_named(configuration_.log_level));
    return {};
  }

  // Now that nothing is in the way of serving.
  Outcome bind_clock() {
    return foundation_.database->write(
        [&](sql::Transaction& tx) { return installation::bind_clock(tx, clock_kind(wishes_)); });
  }

  Result<Foundation> open_data() {
    const DataDirectory data{wishes_.data};
    if (!std::filesystem::exists(data.root)) {
      return open_foundation(data, random_, start_log_);  // which says that there is no such thing
    }
    auto lock = sql::sqlite::DirectoryLock::take(data.root);
    if (!lock) return lock.error();
    lock_.emplace(*std::move(lock));
    auto foundation = open_foundation(data, random_, start_log_);
    if (!foundation) return foundation.error();
    const auto migrated = migrate_all(*foundation->database);
    if (!migrated) return migrated.error();
    auto objects = s3::DirectoryStorage::open(data.objects());
    if (!objects) return objects.error();
    foundation->objects = *std::move(objects);
    foundation->folder = data.root;
    return foundation;
  }

  void announce(const Program& program) {
    log().info("server.ready", {{"url", program.url()}, {"clock", wishes_.clock}});
    if (!wishes_.ephemeral) {
      std::ofstream file(DataDirectory{wishes_.data}.endpoint(), std::ios::trunc);
      file << program.url() << std::endl;
      // A full disk must not keep the server from starting; `everseal env` then tells an old
      // address.
      if (!file) log().warning("server.endpoint_not_kept", {{"url", program.url()}});
    }
    if (const auto url = program.publication_url()) {
      std::cout << "everseal publishes revocations at " << *url << std::endl;
    }
    if (const auto url = program.console_url()) {
      std::cout << "everseal shows its console at " << *url << std::endl;
    }
    std::cout << "everseal is ready at " << program.url() << std::endl;
  }

  static void wait_for(const sigset_t& signals) {
    int received = 0;
    while (sigwait(&signals, &received) != 0) {
    }
  }

  const Wishes& wishes_;
  WallClock wall_;
  std::unique_ptr<ManualClock> moved_;
  std::optional<LastCall> last_call_;  // until all below has ended
  SystemRandom random_;
  Configuration configuration_;
  Log start_log_{wall_, LogLevel::Warning};
  std::optional<sql::sqlite::DirectoryLock> lock_;
  std::unique_ptr<Log> log_;
  Foundation foundation_;
};

}  // namespace

void add_serve(CLI::App& program, Run& run) {
  auto* command = program.add_subcommand("serve", "Serve the AWS APIs");
  auto wishes = std::make_shared<Wishes>();
  auto* where = command->add_option_group("state", "Where the state is");
  where->add_option("--data", wishes->data, "The data directory that 'everseal init' made");
  auto* ephemeral =
      where->add_flag("--ephemeral", wishes->ephemeral,
                      "Keep everything in memory, with the credentials test/test: for tests");
  where->require_option(1);
  command->add_option("--listen", wishes->listen,
                      "Address and port, 127.0.0.1:4566 if nothing else is said; port 0 is any "
                      "free one. Plain HTTP is served on loopback only");
  command->add_option("--publish", wishes->publish,
                      "Where CRLs are fetched over plain HTTP: address and port, or off; port 4580 "
                      "if nothing else is said");
  command->add_option("--config", wishes->config, "A TOML file, see docs/operations/settings.md");
  command->add_option("--clock", wishes->clock, "wall, or virtual: moved by 'everseal clock'")
      ->check(CLI::IsMember({"wall", "virtual"}));
  command->add_option("--account-id", wishes->account_id, "With --ephemeral: twelve digits")
      ->check(is_account_id)
      ->needs(ephemeral);
  command
      ->add_option("--host-name", wishes->host_names,
                   "A name or address that clients call this server by and its certificate "
                   "lacks, which is then issued anew; may be repeated")
      ->excludes(ephemeral);
  command->callback([&run, wishes] { run = [wishes] { return Serving(*wishes).run(); }; });
}

}  // namespace everseal::app
