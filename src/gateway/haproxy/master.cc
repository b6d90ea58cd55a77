#include "gateway/haproxy/master.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>

#include "descriptor/descriptor.h"
#include "gateway/haproxy/folder.h"
#include "gateway/haproxy/runtime_api.h"

namespace everseal::gateway::haproxy {
namespace {

constexpr std::chrono::milliseconds moment{10};

// What only a HAProxy on this folder is begun with. It may put more before it when it reloads.
std::vector<std::string> arguments_of(const Settings& settings) {
  return {"-f", (settings.folder / "current/haproxy.cfg").string(), "-S",
          master_socket(settings).string() + ",mode,600"};
}

// The first of them; none of a process that is gone.
std::string words_of(pid_t id) {
  const std::string path = "/proc/" + std::to_string(id) + "/cmdline";
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  std::array<char, 4096> words{};
  const auto count = file.is_open() ? ::read(file.number(), words.data(), words.size()) : 0;
  return {words.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0))};
}

bool are_words_of_master(const std::string& words, const Settings& settings) {
  std::string wanted(1, '\0');
  for (const auto& word : arguments_of(settings)) wanted.append(word).push_back('\0');
  return words.find(wanted) != std::string::npos;
}

// Its number may be another's by now.
bool is_master_of(const Process& process, const Settings& settings) {
  std::string words;
  // For a moment of its beginning a program has no words.
  for (int count = 0; words.empty() && count < 100; ++count) {
    words = words_of(process.id());
    if (words.empty() && process.ends_within(moment)) return false;
  }
  // Who has not ended by now is who these words are of.
  return are_words_of_master(words, settings) && !process.has_ended();
}

}  // namespace

std::filesystem::path master_socket(const Settings& settings) {
  return settings.folder / "master.sock";
}

std::filesystem::path master_file(const Settings& settings) { return settings.folder / "master"; }

std::filesystem::path output_file(const Settings& settings) { return settings.folder / "output"; }

std::vector<std::string> master_command(const Settings& settings) {
  std::vector<std::string> command = {settings.program.string(), "-Ws"};
  std::ranges::copy(arguments_of(settings), std::back_inserter(command));
  return command;
}

std::optional<Process> find_master(const Settings& settings) {
  std::ifstream file(master_file(settings));
  pid_t id = 0;
  if (!(file >> id) || id <= 1) return std::nullopt;
  auto process = Process::find(id);
  if (!process || !is_master_of(*process, settings)) return std::nullopt;
  return process;
}

bool is_serving(const Process& master, const Settings& settings) {
  const RuntimeApi api(master_socket(settings), settings.patience);
  const auto deadline = std::chrono::steady_clock::now() + settings.start_patience;
  while (!master.has_ended() && std::chrono::steady_clock::now() < deadline) {
    const auto processes = api.processes();
    if (processes && !processes->all().empty()) return true;
    if (master.ends_within(moment)) return false;
  }
  return false;
}

void end(Process& master, std::chrono::milliseconds patience) {
  master.signal(SIGTERM);
  if (!master.ends_within(patience)) master.signal(SIGKILL);
  master.ending();
}

void end_strays(const Settings& settings) {
  std::error_code error;
  std::filesystem::directory_iterator entry("/proc", error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    const auto name = entry->path().filename().string();
    pid_t id = 0;
    struct stat facts{};
    if (std::from_chars(name.data(), name.data() + name.size(), id).ec != std::errc() ||
        stat(entry->path().c_str(), &facts) != 0 || facts.st_uid != geteuid() ||
        !are_words_of_master(words_of(id), settings)) {
      continue;
    }
    auto process = Process::find(id);
    if (process && is_master_of(*process, settings)) end(*process, settings.patience);
  }
}

Outcome end_left_behind(const Settings& settings) {
  if (std::error_code ignored; !std::filesystem::exists(settings.folder, ignored)) return {};
  auto folder = Folder::open(settings.folder);
  if (!folder) return folder.error();
  auto there = settings;
  there.folder = folder->path();
  if (auto master = find_master(there)) end(*master, settings.start_patience);
  end_strays(there);
  auto emptied = folder->empty();
  folder->remove();
  return emptied;
}

}  // namespace everseal::gateway::haproxy
