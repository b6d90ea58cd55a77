#include "services/lambda/sandbox/bubblewrap.h"

#include <array>
#include <string_view>
#include <system_error>

#include "services/lambda/sandbox/first_process.h"
#include "services/lambda/sandbox/paths.h"

namespace everseal::lambda::sandbox {
namespace {

namespace fs = std::filesystem;

// What programs need of a machine besides /usr, and nothing of it is secret.
constexpr std::array<std::string_view, 6> public_files{"/etc/alternatives", "/etc/ld.so.cache",
                                                       "/etc/ld.so.conf",   "/etc/localtime",
                                                       "/etc/ssl/certs",    "/etc/ssl/openssl.cnf"};
// Who has a network finds others by these.
constexpr std::array<std::string_view, 4> network_files{"/etc/resolv.conf", "/etc/hosts",
                                                        "/etc/nsswitch.conf", "/etc/services"};
constexpr std::array<std::string_view, 5> system_folders{"/bin", "/sbin", "/lib", "/lib32",
                                                         "/lib64"};

class Command {
 public:
  template <class... Words>
  void add(Words&&... words) {
    (words_.emplace_back(std::forward<Words>(words)), ...);
  }
  // As on this machine: a link into /usr, or a folder.
  void add_system_folder(const std::string& path) {
    std::error_code ignored;
    const auto status = fs::symlink_status(path, ignored);
    if (fs::is_symlink(status)) {
      add("--symlink", fs::read_symlink(path, ignored).string(), path);
    } else if (fs::is_directory(status)) {
      add("--ro-bind", path, path);
    }
  }
  std::vector<std::string> take() { return std::move(words_); }

 private:
  std::vector<std::string> words_;
};

// A folder of ours below /usr would be seen there.
void hide(Command& command, const std::vector<fs::path>& hidden) {
  for (const auto& path : hidden) {
    std::error_code ignored;
    const auto real = fs::weakly_canonical(path, ignored);
    if (lies_in(real, "/usr") && fs::is_directory(real, ignored)) {
      command.add("--tmpfs", real.string(), "--remount-ro", real.string());
    }
  }
}

}  // namespace

std::vector<std::string> bubblewrap_command(const Settings& settings, const Limits& limits,
                                            const std::vector<Shown>& shown, int control) {
  Command command;
  command.add(settings.bubblewrap);
  command.add("--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent",
              "--new-session", "--clearenv", "--cap-drop", "ALL", "--hostname", "function");
  if (settings.network) command.add("--share-net");
  command.add("--uid", "993", "--gid", "990");
  command.add("--ro-bind", "/usr", "/usr");
  for (const auto path : system_folders) command.add_system_folder(std::string(path));
  for (const auto path : public_files) {
    command.add("--ro-bind-try", std::string(path), std::string(path));
  }
  if (settings.network) {
    for (const auto path : network_files) {
      command.add("--ro-bind-try", std::string(path), std::string(path));
    }
  }
  command.add("--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev");
  command.add("--perms", "1777", "--size", std::to_string(limits.temporary_bytes), "--tmpfs",
              "/tmp");
  for (const auto& [from, at] : shown) command.add("--ro-bind", from.string(), at);
  hide(command, settings.hidden);
  // The root is a folder in memory, too: whoever could write there had no limit.
  command.add("--remount-ro", "/", "--chdir", "/");
  command.add("--", first_process_path, first_process_argument, std::to_string(control));
  return command.take();
}

}  // namespace everseal::lambda::sandbox
