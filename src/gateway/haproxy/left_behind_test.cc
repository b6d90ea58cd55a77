#include <unistd.h>

#include "gateway/haproxy/takeover_world.h"

namespace everseal::gateway::haproxy {
namespace {

std::size_t open_files() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

}  // namespace

TEST(LeftBehind, a_state_without_listeners_ends_it_and_empties_the_folder) {
  LeavingGateway world;
  world.start();
  need(world.open_again().apply(State{}));
  EXPECT_FALSE(world.gateway->status().running);
  EXPECT_TRUE(wait_until([&] { return processes_on(world.settings.folder).empty(); }));
  world.gateway.reset();
  EXPECT_FALSE(std::filesystem::exists(world.settings.folder));
}

TEST(LeftBehind, a_second_gateway_on_the_same_folder_is_refused) {
  LeavingGateway world;
  world.start();
  const auto second = HaproxyGateway::create(world.settings, world.log, {});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, Fault::Kind::Unavailable);
  EXPECT_EQ(second.error().cause,
            world.settings.folder.string() + " is in use by another Everseal");
  EXPECT_FALSE(end_left_behind(world.settings));
  EXPECT_EQ(world.outcome(world.client_of_root()), "200");
}

TEST(LeftBehind, what_was_left_can_be_ended) {
  LeavingGateway world;
  EXPECT_TRUE(end_left_behind(world.settings));  // nothing was ever there
  EXPECT_FALSE(std::filesystem::exists(world.settings.folder));
  world.start();
  world.gateway.reset();
  EXPECT_EQ(world.outcome(world.client_of_root()), "200");
  EXPECT_TRUE(end_left_behind(world.settings));
  EXPECT_FALSE(std::filesystem::exists(world.settings.folder));
  EXPECT_EQ(processes_on(world.settings.folder), std::vector<pid_t>());
  EXPECT_TRUE(end_left_behind(world.settings));
}

TEST(LeftBehind, what_was_left_is_found_also_when_the_folder_was_removed) {
  LeavingGateway world;
  world.start();
  world.gateway.reset();
  std::filesystem::remove_all(world.settings.folder);
  world.start_again();
  EXPECT_EQ(world.gateway->status().starts, 1U);
  EXPECT_EQ(world.outcome(world.client_of_root()), "200");
  EXPECT_EQ(processes_on(world.settings.folder).size(), 2U);
}

TEST(LeftBehind, a_version_that_never_came_into_force_is_not_taken_for_what_runs) {
  LeavingGateway world;
  world.start();
  world.gateway.reset();
  namespace fs = std::filesystem;
  const auto& folder = world.settings.folder;
  const FreePort other;
  fs::copy(folder / "v1", folder / "v2");
  std::string text;
  {
    std::ifstream file(folder / "v1" / "haproxy.cfg");
    text.assign(std::istreambuf_iterator<char>(file), {});
  }
  const auto port = std::to_string(world.port.number());
  text.replace(text.find(":" + port), port.size() + 1, ":" + std::to_string(other.number()));
  text.replace(text.find("description ") + 12, 4, "0000");
  std::ofstream(folder / "v2" / "haproxy.cfg") << text;
  fs::remove(folder / "current");
  fs::create_directory_symlink("v2", folder / "current");
  world.start_again();
  EXPECT_EQ(world.gateway->status().starts, 0U);
  EXPECT_EQ(world.gateway->status().reloads, 1U);
  EXPECT_EQ(world.outcome(world.client_of_root()), "200");
}

TEST(LeftBehind, workers_that_became_another_user_go_on) {
  LeavingGateway world;
  // Where this is not root, they remain who they are: taking them over is the same then.
  if (geteuid() == 0) world.settings.user = "haproxy";
  world.start();
  const auto worker = world.worker();
  world.start_again();
  EXPECT_EQ(world.worker(), worker);
  world.change_something();
  world.start_again();
  EXPECT_EQ(world.gateway->status().reloads, 1U);
  EXPECT_EQ(world.outcome(world.client_of_root()), "200");
}

TEST(LeftBehind, a_folder_by_another_name_is_the_same) {
  LeavingGateway world;
  world.start();
  const auto real = world.settings.folder;
  std::filesystem::create_directory_symlink(real.parent_path(), world.folder / "link");
  world.settings.folder = world.folder / "link" / "gateway";
  world.start_again();
  EXPECT_EQ(world.gateway->status().starts, 0U);
  world.settings.folder = real;
}

TEST(LeftBehind, another_process_that_got_the_number_is_left_alone) {
  LeavingGateway world;
  auto stranger = need(Process::begin({.command = {"/bin/sleep", "1000"}}));
  std::filesystem::create_directory(world.settings.folder);
  std::ofstream(master_file(world.settings)) << stranger.id() << "\n";
  world.start();
  EXPECT_EQ(world.gateway->status().starts, 1U);
  EXPECT_FALSE(stranger.has_ended());
}

TEST(LeftBehind, a_gateway_that_ends_its_haproxy_ends_one_that_was_left_to_it) {
  LeavingGateway world;
  world.start();
  world.settings.at_end = AtEnd::EndHaproxy;
  world.start_again();
  EXPECT_EQ(world.gateway->status().starts, 0U);
  world.gateway.reset();
  EXPECT_FALSE(std::filesystem::exists(world.settings.folder));
  EXPECT_EQ(processes_on(world.settings.folder), std::vector<pid_t>());
}

TEST(LeftBehind, a_gateway_that_ends_at_once_leaves_it_or_ends_it) {
  LeavingGateway world;
  world.start();
  for (int count = 0; count < 200; ++count) world.open_again();
  world.gateway.reset();
  EXPECT_EQ(world.outcome(world.client_of_root()), "200");
  world.settings.at_end = AtEnd::EndHaproxy;
  world.open();
  world.gateway.reset();
  EXPECT_EQ(processes_on(world.settings.folder), std::vector<pid_t>());
}

TEST(LeftBehind, a_hundred_restarts_leak_no_process_and_no_file) {
  LeavingGateway world;
  const auto holder = world.client_of_root();
  const auto revoked = world.client_of_root();
  world.start();
  world.start_again(entry(revoked.certificate));
  const auto files = count_of(world.settings.folder);
  const auto descriptors = open_files();
  for (int count = 0; count < 100; ++count) {
    if (count % 10 == 9) world.change_something();
    world.start_again(entry(revoked.certificate));
  }
  EXPECT_EQ(count_of(world.settings.folder), files);
  EXPECT_EQ(open_files(), descriptors);
  EXPECT_EQ(world.outcome(holder), "200");
  EXPECT_EQ(world.outcome(revoked), "closed");
  // The master and one worker; others finish.
  EXPECT_TRUE(wait_until([&] { return processes_on(world.settings.folder).size() == 2; }));
}

}  // namespace everseal::gateway::haproxy
