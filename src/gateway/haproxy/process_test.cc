#include "gateway/haproxy/process.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "gateway/haproxy/output.h"
#include "result/testing/need.h"
#include "temporary_folder/temporary_folder.h"

namespace everseal::gateway::haproxy {
namespace {

constexpr std::chrono::seconds patience{60};

Process begin_shell(const std::string& script, Process::Order order = {}) {
  order.command = {"/bin/sh", "-c", script};
  return need(Process::begin(order));
}

}  // namespace

TEST(Process, tells_how_it_ended) {
  EXPECT_EQ(begin_shell("exit 3").ending(), "exit status: 3");
  EXPECT_EQ(begin_shell("kill -9 $$").ending(), "signal: killed");
  auto running = begin_shell("sleep 1000");
  EXPECT_FALSE(running.has_ended());
  running.signal(SIGTERM);
  EXPECT_EQ(running.ending(), "signal: terminated");
  EXPECT_TRUE(running.has_ended());
  running.signal(SIGKILL);
  EXPECT_EQ(running.ending(), "signal: terminated");
}

TEST(Process, ends_with_who_began_it_unless_it_was_left) {
  const auto number = [](bool is_left) {
    auto process = begin_shell("sleep 1000");
    if (is_left) process.leave();
    return process.id();
  };
  EXPECT_FALSE(Process::find(number(false)));
  auto left = Process::find(number(true));
  ASSERT_TRUE(left);
  EXPECT_FALSE(left->has_ended());
  left->signal(SIGKILL);
  EXPECT_EQ(left->ending(), "signal: killed");
}

TEST(Process, that_another_began_is_gone_when_it_ends) {
  const TemporaryFolder folder = TemporaryFolder::quick();
  const auto file = folder / "number";
  auto parent = begin_shell("sleep 1000 >&- 2>&- & echo $! > '" + file.string() + ".next' && mv '" +
                            file.string() + ".next' '" + file.string() + "'");
  EXPECT_EQ(parent.ending(), "exit status: 0");
  pid_t id = 0;
  std::ifstream(file) >> id;
  auto orphan = Process::find(id);
  ASSERT_TRUE(orphan);
  orphan->signal(SIGKILL);
  EXPECT_EQ(orphan->ending(), "gone");
}

TEST(Process, has_its_number_in_a_file_from_its_beginning_on) {
  const TemporaryFolder folder = TemporaryFolder::quick();
  const auto file = folder / "number";
  auto process = begin_shell("test \"$(cat '" + file.string() + "')\" = $$", {.id_file = file});
  EXPECT_EQ(process.ending(), "exit status: 0");
  const Process::Order nowhere{.command = {"/bin/true"}, .id_file = folder / "none" / "number"};
  const auto refused = Process::begin(nowhere);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, Fault::Kind::Unavailable);
}

TEST(Process, writes_to_a_file_what_fits_and_goes_on) {
  const TemporaryFolder folder = TemporaryFolder::quick();
  const Output output(folder / "output");
  const Process::Order order{.output_file = output.path(), .most_output = Output::most_octets};
  auto process = begin_shell("echo begin; head -c 2000000 /dev/zero; echo lost; exit 0", order);
  EXPECT_EQ(process.ending(), "exit status: 0");
  EXPECT_EQ(std::filesystem::file_size(output.path()), Output::most_octets);
  EXPECT_EQ(output.last(), std::string(4096, '\0'));
  output.make_room();
  EXPECT_EQ(output.last(), "");
}

TEST(Process, goes_on_writing_after_its_file_was_cleared) {
  const TemporaryFolder folder = TemporaryFolder::quick();
  const Output output(folder / "output");
  const auto go = folder / "go";
  auto process = begin_shell(
      "echo before; until test -e '" + go.string() + "'; do sleep 0.01; done; echo after",
      {.output_file = output.path(), .most_output = Output::most_octets});
  while (output.last() != "before\n" && !process.ends_within(std::chrono::milliseconds(10))) {
  }
  output.make_room();
  EXPECT_EQ(output.last(), "before\n");
  output.clear();
  std::ofstream(go) << "go";
  EXPECT_TRUE(process.ends_within(patience));
  EXPECT_EQ(output.last(), "after\n");
}

}  // namespace everseal::gateway::haproxy
