#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <random>

#include "gateway/haproxy/call_faults.h"
#include "gateway/haproxy/takeover_world.h"

// A program that is killed whatever its gateway is doing: this test program itself, begun again for
// the one test of its own.
namespace {

// How many calls it makes until it is killed; 0: any number.
std::atomic<int> calls_left = 0;

void count_call() {
  if (calls_left > 0 && --calls_left == 0) kill(getpid(), SIGKILL);
}

}  // namespace

// In the place of the C library's: what others see of a gateway begins or ends with one of these.
extern "C" {
int rename(const char* from, const char* to) noexcept {
  count_call();
  return static_cast<int>(syscall(SYS_rename, from, to));
}
int symlink(const char* to, const char* path) noexcept {
  count_call();
  return static_cast<int>(syscall(SYS_symlink, to, path));
}
int mkdir(const char* path, mode_t mode) noexcept {
  count_call();
  return static_cast<int>(syscall(SYS_mkdir, path, mode));
}
int connect(int socket, const sockaddr* address, socklen_t length) {
  count_call();
  if (everseal::gateway::haproxy::is_call_to_fail(address->sa_family)) {
    errno = EAGAIN;
    return -1;
  }
  return static_cast<int>(syscall(SYS_connect, socket, address, length));
}
ssize_t send(int socket, const void* octets, size_t count, int flags) {
  count_call();
  return syscall(SYS_sendto, socket, octets, count, flags, nullptr, 0);
}
}

namespace everseal::gateway::haproxy {
namespace {

constexpr int progress = 3;  // the descriptor where it tells that it got on

std::string given(const char* name) {
  const char* const value = getenv(name);
  return value == nullptr ? "" : value;
}

class Killable {
 public:
  // Killed right before that many calls, or does what it does once if it needs fewer. 0: goes on
  // until it is killed.
  Killable(const LeavingGateway& world, int calls) {
    int ends[2] = {-1, -1};
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
    told_ = Descriptor(ends[0]);
    const Descriptor other(ends[1]);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&files, other.number(), progress);
    std::vector<std::string> words = {"/proc/self/exe", "--gtest_also_run_disabled_tests",
                                      "--gtest_filter=DISABLED_Killable.*"};
    std::vector<std::string> environment = {"KILLABLE_CALLS=" + std::to_string(calls),
                                            "KILLABLE_FOLDER=" + world.settings.folder.string(),
                                            "KILLABLE_PORT=" + std::to_string(world.port.number()),
                                            "KILLABLE_BUNDLE=" + world.pki.path("bundle.pem")};
    const auto arguments = pointers_to(words);
    const auto variables = pointers_to(environment);
    const int failed = posix_spawn(&process_, words.front().c_str(), &files, nullptr,
                                   arguments.data(), variables.data());
    posix_spawn_file_actions_destroy(&files);
    if (failed != 0) throw std::runtime_error("posix_spawn");
  }
  ~Killable() { kill(); }
  Killable(const Killable&) = delete;
  Killable& operator=(const Killable&) = delete;

  // Whether it got on that many times.
  bool wait_for_progress(int count) const {
    char one = 0;
    while (count > 0 && read(told_.number(), &one, 1) == 1) --count;
    return count == 0;
  }
  void kill() {
    if (process_ == 0) return;
    ::kill(process_, SIGKILL);
    was_killed();
  }
  // Waits until it has ended.
  bool was_killed() {
    int status = 0;
    waitpid(process_, &status, 0);
    process_ = 0;
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
  }

 private:
  static std::vector<char*> pointers_to(std::vector<std::string>& words) {
    std::vector<char*> all;
    for (auto& word : words) all.push_back(word.data());
    all.push_back(nullptr);
    return all;
  }

  Descriptor told_;
  pid_t process_ = 0;
};

// Something of all that changes files, maps or processes, again and again.
class Restless {
 public:
  Restless(Settings settings, std::uint16_t port, const std::string& bundle)
      : settings_(std::move(settings)),
        issuer_(need(x509::Certificate::parse_pem(bundle)).subject()) {
    state_.trust_stores = {{.id = "store", .bundle = bundle}};
    state_.load_balancers = {{.id = "edge",
                              .listeners = {{.id = "listener",
                                             .port = port,
                                             .tls = Tls{.certificate = "certificate",
                                                        .mutual = {.mode = MutualTlsMode::Verify,
                                                                   .trust_store = "store"}},
                                             .otherwise = FixedResponse{.status = 200}}}}};
  }

  void round() {
    auto gateway = need(HaproxyGateway::create(settings_, log_, [](const std::string&) {}));
    get_on(gateway->set_certificate("certificate", identity_));
    get_on(gateway->set_revoked("store", some(100)));
    get_on(gateway->apply(state_));
    get_on(gateway->revoke("store", some(300)));
    get_on(gateway->set_revoked("store", some(200)));
    get_on(gateway->set_certificate("certificate", tls::testing::make_identity("edge")));
    state_.load_balancers.front().idle_timeout += std::chrono::seconds(1);
    get_on(gateway->apply(state_));
    get_on(gateway->apply(State{}));
    get_on(gateway->apply(state_));
    gateway.reset();
    get_on(Outcome());
  }

 private:
  static void get_on(const Outcome& outcome) {
    need(outcome);
    if (write(progress, ".", 1) != 1) throw std::runtime_error("nobody listens");
  }
  std::vector<Revoked> some(int count) {
    Revoked revoked{.issuer = issuer_, .serials = {}};
    while (count-- > 0) revoked.serials.push_back(x509::SerialNumber::random(random_));
    return {revoked};
  }

  const Settings settings_;
  const x509::Name issuer_;
  SystemRandom random_;
  WallClock clock_;
  LogLines lines_;
  Log log_{clock_, LogLevel::Debug, lines_.sink()};
  tls::ServerIdentity identity_ = tls::testing::make_identity("edge");
  State state_;
};

}  // namespace

TEST(DISABLED_Killable, goes_on_until_it_is_killed) {
  std::ifstream file(given("KILLABLE_BUNDLE"));
  const std::string bundle(std::istreambuf_iterator<char>(file), {});
  Restless restless({.folder = given("KILLABLE_FOLDER"),
                     .at_end = AtEnd::LeaveHaproxy,
                     .threads = 1,
                     .patience = kPatience,
                     .start_patience = kPatience},
                    static_cast<std::uint16_t>(std::stoi(given("KILLABLE_PORT"))), bundle);
  const int calls = std::stoi(given("KILLABLE_CALLS"));
  calls_left = calls;
  do restless.round();
  while (calls == 0);
}

namespace {

struct WorldOfKills : LeavingGateway {
  Holder revoked = client_of_root();
  Holder good = client_of_root();
  WorldOfKills() { pki.put("bundle.pem", pki.bundle()); }

  void expect_that_the_next_comes_right() {
    start_again(entry(revoked.certificate));
    EXPECT_EQ(outcome(revoked), "closed");
    EXPECT_EQ(outcome(good), "200");
    const auto healed = need(gateway->heal());
    EXPECT_EQ(healed.missing + healed.foreign, 0U);
    EXPECT_LE(gateway->status().starts, 1U);
    gateway.reset();
    EXPECT_TRUE(wait_until([&] { return processes_on(settings.folder).size() == 2; }));
    EXPECT_LE(count_of(settings.folder), 20U);
  }
};

}  // namespace

TEST(TakeoverAfterAKill, whatever_call_was_the_last_the_next_comes_right) {
  WorldOfKills world;
  const auto every = given("KILLABLE_EVERY");
  const int stride = every.empty() ? 17 : std::stoi(every);
  int calls = 1;
  for (;; calls += stride) {
    SCOPED_TRACE(calls);
    if (!Killable(world, calls).was_killed()) break;
    world.expect_that_the_next_comes_right();
    if (HasFailure()) break;
  }
  EXPECT_GT(calls, 100);
}

TEST(TakeoverAfterAKill, whatever_was_being_done_the_next_comes_right) {
  WorldOfKills world;
  std::minstd_rand random(17);  // NOLINT(cert-msc51-cpp): the same each time
  constexpr int steps = 10;     // of what it does
  for (int step = 0; step < steps; ++step) {
    SCOPED_TRACE(step);
    Killable killable(world, 0);
    ASSERT_TRUE(killable.wait_for_progress(step));
    poll(nullptr, 0, static_cast<int>(random() % 60));  // somewhere in the step that follows
    killable.kill();
    world.expect_that_the_next_comes_right();
  }
}

}  // namespace everseal::gateway::haproxy
