#include <CLI/CLI.hpp>
#include <charconv>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include "admin_call.h"
#include "command.h"

namespace everseal::app {
namespace {

struct Wishes {
  std::string duration;
  AdminServer server;
};

// "90s", "15m", "36h", "345d": in seconds; nothing if it is none of these or no time at all.
std::optional<std::int64_t> seconds_of(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  std::int64_t unit = 0;
  switch (text.back()) {
    case 's':
      unit = 1;
      break;
    case 'm':
      unit = 60;
      break;
    case 'h':
      unit = 3600;
      break;
    case 'd':
      unit = 86400;
      break;
    default:
      return std::nullopt;
  }
  constexpr std::int64_t most_days = 36500;
  std::int64_t count = 0;
  const auto* end = text.data() + text.size() - 1;
  const auto [stopped, problem] = std::from_chars(text.data(), end, count);
  if (problem != std::errc{} || stopped != end || count < 1 || count > most_days * 86400 / unit) {
    return std::nullopt;
  }
  return count * unit;
}

// Jobs of a year may be many: the answer comes when all have run.
constexpr std::chrono::minutes kPatience{10};

Outcome advance(const Wishes& wishes) {
  const auto seconds = seconds_of(wishes.duration);
  if (!seconds) {
    return Fault::malformed("'" + wishes.duration +
                            "' is not a duration; it must be like 90s, 15m, 36h or 345d");
  }
  const auto answer = admin_call(wishes.server, "AdvanceClock",
                                 "{\"Seconds\":" + std::to_string(*seconds) + "}", kPatience);
  if (!answer) return answer.error();
  std::cout << *answer << '\n';
  return {};
}

}  // namespace

void add_clock(CLI::App& program, Run& run) {
  auto* command = program.add_subcommand("clock", "Move the time of a server on a virtual clock");
  command->require_subcommand(1);
  auto* advancing = command->add_subcommand(
      "advance",
      "Let time pass: every job that becomes due on the way has run, in order, when this ends.\n"
      "Takes credentials from the environment, as AWS clients do (see 'everseal env').");
  auto wishes = std::make_shared<Wishes>();
  advancing->add_option("duration", wishes->duration, "Such as 90s, 15m, 36h or 345d")->required();
  add_server_options(*advancing, wishes->server);
  advancing->callback([&run, wishes] { run = [wishes] { return advance(*wishes); }; });
}

}  // namespace everseal::app
