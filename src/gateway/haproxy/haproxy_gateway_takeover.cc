#include <unistd.h>

#include <algorithm>
#include <utility>

#include "gateway/haproxy/haproxy_gateway.h"
#include "gateway/haproxy/log_pipe.h"
#include "gateway/haproxy/master.h"

// The part of the gateway that finds a HAProxy which goes on from before, and leaves one.
namespace everseal::gateway::haproxy {
namespace {

constexpr std::size_t longest_path = 80;

Outcome check(const Settings& settings) {
  if (access(settings.program.c_str(), X_OK) != 0) {
    return Fault::unavailable("HAProxy is not installed: there is no " + settings.program.string());
  }
  if (settings.folder.string().size() > longest_path) {
    return Fault::malformed("a path of more than 80 octets");
  }
  return {};
}

// What was left there and serves. Nothing: the folder is empty then.
Result<std::optional<Process>> take_over(const Settings& settings, Folder& folder) {
  auto master = find_master(settings);
  if (master && !is_serving(*master, settings)) {
    end(*master, settings.patience);
    master.reset();
  }
  if (master) {
    folder.take_over();
    return master;
  }
  end_strays(settings);
  if (const auto emptied = folder.empty(); !emptied) return emptied.error();
  return master;
}

// HAProxy frees buffers all the time; of the size that ours have, each would be fetched from the
// kernel again, which is a fifth of what a request takes.
constexpr const char* keeps_buffers = "MALLOC_TRIM_THRESHOLD_=16777216";

Supervisor::Orders orders_for(const Settings& settings) {
  const auto notify_socket = settings.folder / "notify.sock";
  return {.master = {.command = master_command(settings),
                     .environment = {"NOTIFY_SOCKET=" + notify_socket.string(), "LANG=C.UTF-8",
                                     keeps_buffers},
                     .id_file = master_file(settings),
                     .output_file = output_file(settings),
                     .most_output = Output::most_octets,
                     .outlives = settings.at_end == AtEnd::LeaveHaproxy},
          .notify_socket = notify_socket,
          .start_patience = settings.start_patience,
          .least_pause = settings.least_pause,
          .most_pause = settings.most_pause,
          .prepare = {},
          .on_death = {}};
}

// The program may have been replaced since.
bool is_program_of(const std::filesystem::path& program, pid_t process) {
  std::error_code error;
  return std::filesystem::equivalent("/proc/" + std::to_string(process) + "/exe", program, error) &&
         !error;
}

}  // namespace

Result<std::unique_ptr<HaproxyGateway>> HaproxyGateway::create(Settings settings, Log& log,
                                                               TellDeath tell_death) {
  if (const auto sound = check(settings); !sound) return sound.error();
  auto folder = Folder::open(settings.folder);
  if (!folder) return folder.error();
  settings.folder = folder->path();
  auto serving = take_over(settings, *folder);
  if (!serving) return serving.error();
  std::shared_ptr<const Descriptor> log_pipe;
  if (settings.log_receiver != nullptr) {
    auto opened = open_log_pipe(folder->path() / "log.pipe");
    if (!opened) return opened.error();
    log_pipe = std::make_shared<const Descriptor>(*std::move(opened));
  }
  return std::unique_ptr<HaproxyGateway>(
      new HaproxyGateway(std::move(settings), *std::move(folder), std::move(log_pipe),
                         *std::move(serving), log, std::move(tell_death)));
}

HaproxyGateway::HaproxyGateway(Settings settings, Folder folder,
                               std::shared_ptr<const Descriptor> log_pipe,
                               std::optional<Process> serving, Log& log, TellDeath tell_death)
    : settings_(std::move(settings)),
      log_(log),
      api_(master_socket(settings_), settings_.patience),
      folder_(std::move(folder)),
      log_pipe_(std::move(log_pipe)),
      is_taken_over_(serving.has_value()),
      supervisor_(
          [&] {
            auto orders = orders_for(settings_);
            orders.master.log = log_pipe_.get();
            orders.prepare = [this] { return prepare(); };
            orders.on_death = std::move(tell_death);
            return orders;
          }(),
          std::move(serving), log) {}

HaproxyGateway::~HaproxyGateway() {
  if (settings_.at_end == AtEnd::LeaveHaproxy && supervisor_.leave()) return;
  supervisor_.stop();
  folder_.remove();
}

// Of the files that the worker which takes connections was begun with. Empty: it does not say.
std::string HaproxyGateway::running_digest() const {
  constexpr std::string_view before = "\ndescription: ";
  const auto processes = api_.processes();
  if (!processes || processes->worker == 0) return {};
  const auto facts = api_.ask(processes->worker, "show info");
  const auto at = facts ? facts->find(before) : std::string::npos;
  if (at == std::string::npos) return {};
  const auto digest = facts->substr(at + before.size());
  return digest.substr(0, digest.find('\n'));
}

// What it is started with after a death.
bool HaproxyGateway::is_on_disk(const Written& written) const {
  return std::ranges::all_of(written.files, [&](const auto& file) {
    return folder_.read_current(file.first) == file.second;
  });
}

// Nothing has changed but, maybe, certificates and what is revoked: connections without a request,
// which a reload would end, go on as well.
Outcome HaproxyGateway::go_on_with(const State& desired, const Written& written) {
  const auto processes = api_.processes();
  if (!processes) return processes.error();
  if (!is_program_of(settings_.program, processes->master) || running_digest() != written.digest ||
      !is_on_disk(written)) {
    return Fault::conflict("HAProxy runs another configuration");
  }
  {
    const std::lock_guard data(data_);
    written_ = written;
  }
  auto done = tell_all();
  if (done) done = supervisor_.go_on();
  const std::lock_guard data(data_);
  if (done) {
    is_taken_over_ = false;
    state_ = desired;
  } else {
    written_ = {};
  }
  return done;
}

Outcome HaproxyGateway::tell_all() {
  for (const auto& id : written_.certificates) {
    if (const auto done = swap_certificate(id); !done) return done;
  }
  for (const auto& store : written_.trust_stores) {
    if (const auto done = catch_up(store); !done) return done;
  }
  return {};
}

// Those that finish what they have know what the gateway before this one told them.
void HaproxyGateway::tell_old_workers() const {
  const auto processes = api_.processes();
  if (!processes) return;
  for (const auto worker : processes->old) {
    for (const auto& store : written_.trust_stores) static_cast<void>(heal(worker, store));
  }
}

}  // namespace everseal::gateway::haproxy
