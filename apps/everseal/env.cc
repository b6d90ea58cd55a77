#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>

#include "command.h"
#include "data_directory.h"
#include "foundation.h"
#include "services/iam/bootstrap.h"

namespace everseal::app {
namespace {

// A word that every POSIX shell reads back as it is.
std::string quoted(std::string_view text) {
  std::string word = "'";
  for (const char letter : text) {
    if (letter == '\'') {
      word += "'\\''";
    } else {
      word += letter;
    }
  }
  return word + "'";
}

std::string endpoint_of(const DataDirectory& data) {
  std::ifstream file(data.endpoint());
  std::string url;
  std::getline(file, url);
  return url.empty() ? "http://127.0.0.1:4566" : url;
}

Outcome print_environment(const DataDirectory& data) {
  WallClock clock;
  SystemRandom random;
  Log log(clock, LogLevel::Error);
  const auto foundation = open_foundation(data, random, log);
  if (!foundation) return foundation.error();
  const auto root = foundation->database->read(
      [&](sql::Snapshot& view) { return iam::root_credentials(view, *foundation->vault); });
  if (!root) return root.error();
  const auto print = [](std::string_view name, std::string_view value) {
    std::cout << "export " << name << '=' << quoted(value) << '\n';
  };
  print("AWS_ENDPOINT_URL", endpoint_of(data));
  print("AWS_ACCESS_KEY_ID", root->key.access_key_id);
  print("AWS_SECRET_ACCESS_KEY", root->key.secret.reveal_text());
  print("AWS_DEFAULT_REGION", foundation->installation.region);
  print("AWS_CA_BUNDLE", std::filesystem::absolute(data.ca_bundle()).string());
  return {};
}

}  // namespace

void add_env(CLI::App& program, Run& run) {
  auto* command =
      program.add_subcommand("env",
                             "Print shell exports that point AWS clients at this server as root:\n"
                             "  eval \"$(everseal env --data DIR)\"");
  auto folder = std::make_shared<std::string>();
  command->add_option("--data", *folder, "The data directory")->required();
  command->callback([&run, folder] { run = [folder] { return print_environment({*folder}); }; });
}

}  // namespace everseal::app
