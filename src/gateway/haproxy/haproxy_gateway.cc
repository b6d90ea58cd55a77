#include "gateway/haproxy/haproxy_gateway.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "asn1/pem.h"
#include "crypto/digest.h"
#include "crypto/private_key.h"
#include "encoding/base64.h"
#include "encoding/hex.h"
#include "gateway/haproxy/log_pipe.h"
#include "gateway/haproxy/log_receiver.h"
#include "gateway/haproxy/ports.h"
#include "gateway/haproxy/process.h"
#include "gateway/haproxy/server_states.h"
#include "x509/certificate.h"

namespace everseal::gateway::haproxy {
namespace {

constexpr std::string_view configuration = "haproxy.cfg";

// asn1::Pem wipes nothing, so a key is written here.
void append_key(std::string& pem, ByteView pkcs8) {
  constexpr std::size_t line_length = 64;
  std::string text = encoding::to_base64(pkcs8);
  pem += "-----BEGIN PRIVATE KEY-----\n";
  for (std::size_t at = 0; at < text.size(); at += line_length) {
    pem.append(text, at, line_length).append("\n");
  }
  pem += "-----END PRIVATE KEY-----\n";
  wipe(text);
}

Result<SecretBytes> to_pem(const tls::ServerIdentity& identity) {
  std::string pem;
  std::optional<x509::Certificate> leaf;
  for (const auto& der : identity.chain) {
    const auto certificate = x509::Certificate::parse(der);
    if (!certificate) return certificate.error();
    if (!leaf) leaf = *certificate;
    pem += certificate->pem();
  }
  if (!leaf) return Fault::malformed("a chain without certificates");
  const auto key = crypto::PrivateKey::from_pkcs8(identity.private_key.reveal());
  if (!key) return key.error();
  if (!std::ranges::equal(key->public_key_info(), leaf->public_key_info())) {
    return Fault::malformed("the key is not the certificate's");
  }
  pem.reserve(pem.size() + 2 * identity.private_key.size() + 128);  // nothing is left behind
  append_key(pem, identity.private_key.reveal());
  auto secret = SecretBytes::copy_of(pem);
  wipe(pem);
  return secret;
}

// What follows `before` up to `end`.
std::string_view between(std::string_view text, std::string_view before, char end) {
  const auto at = text.find(before);
  if (at == std::string_view::npos) return {};
  const auto rest = text.substr(at + before.size());
  return rest.substr(0, rest.find(end));
}

// The file that HAProxy's one transaction is about: "Transaction created for certificate a.pem!".
// Where it is about another than was asked for, some versions say "Transaction updated for
// certificate b.pem!", others "The ongoing transaction is about 'b.pem' but ...".
std::string transaction_in(std::string_view answer) {
  const auto taken = between(answer, "ed for certificate ", '!');
  return std::string(taken.empty() ? between(answer, "transaction is about '", '\'') : taken);
}

Outcome said(const Result<std::string>& answer, std::string_view expected) {
  if (!answer) return answer.error();
  if (answer->find(expected) != std::string::npos) return {};
  return Fault::unavailable("HAProxy does not take a certificate: " + *answer);
}

}  // namespace

Outcome HaproxyGateway::noted(Outcome outcome) {
  const std::lock_guard data(data_);
  last_fault_ = outcome ? "" : outcome.error().cause;
  return outcome;
}

Outcome HaproxyGateway::apply(const State& desired) {
  const std::lock_guard call(calls_);
  if (const auto done = noted(catch_up_with_all()); !done) return done;
  return noted(put_in_force(desired));
}

Outcome HaproxyGateway::put_in_force(const State& desired) {
  auto written = write_configuration(desired, revoked_, settings_);
  if (!written) return written.error();
  for (const auto& id : written->certificates) {
    if (!certificates_.contains(id)) return Fault::conflict("no certificate " + id);
  }
  if (const auto told = tell_names(desired); !told) return told;
  if (written->files == written_.files && !is_behind_ &&
      (supervisor_.is_ready() || !written->listens)) {
    const std::lock_guard data(data_);
    state_ = desired;
    return {};
  }
  if (is_taken_over_ && go_on_with(desired, *written)) return {};
  return take_up(desired, *std::move(written));
}

// What was told before names were known has waited.
Outcome HaproxyGateway::tell_names(const State& desired) const {
  if (settings_.log_receiver == nullptr) return {};
  settings_.log_receiver->names().learn(desired);
  return settings_.log_receiver->read_from(log_pipe_);
}

Outcome HaproxyGateway::take_up(const State& desired, Written written) {
  if (!written.listens) {
    supervisor_.stop();
    const std::lock_guard data(data_);
    is_taken_over_ = false;
    state_ = desired;
    written_ = std::move(written);
    return {};
  }
  if (const auto can = check_ports(desired); !can) return can;
  Written before;
  {
    const std::lock_guard data(data_);
    before = std::exchange(written_, std::move(written));
  }
  auto done = write_version(written_);
  const bool is_written = done.has_value();
  if (is_written) done = start_or_reload();
  // What became ready may be of a reload that was asked for before, with older files.
  if (done && is_behind_) done = tell_all();
  if (!done && !before.listens) supervisor_.give_up();  // what never began is not tried for ever
  if (done && is_taken_over_) tell_old_workers();
  const std::lock_guard data(data_);
  if (done) {
    folder_.forget_others();
    is_taken_over_ = is_behind_ = false;
    state_ = desired;
    return {};
  }
  // Who gave no answer may run what it was told.
  if (is_written && before.listens && done.error().kind == Fault::Kind::Unavailable) {
    is_behind_ = true;
  }
  written_ = std::move(before);
  if (const auto back = folder_.go_back(); !back) return back;
  return done;
}

// A gateway that was killed may have left a version that is not yet in force.
Outcome HaproxyGateway::check_ports(const State& desired) const {
  if (!supervisor_.is_ready()) return {};
  const auto latest = folder_.read_current(configuration);
  const auto digest = running_digest();
  if (digest.empty() || latest.find(digest) == std::string::npos) return {};
  return check_new_ports(desired, latest);
}

Outcome HaproxyGateway::write_version(const Written& written) {
  {
    const std::lock_guard data(data_);
    if (const auto begun = folder_.begin(); !begun) return begun;
  }
  for (const auto& [name, text] : written.files) {
    if (const auto done = folder_.write(name, text); !done) return done;
  }
  const auto version = folder_.of(configuration);
  if (const auto done = write_changing(version.parent_path()); !done) return done;
  const auto checked =
      run({settings_.program.string(), "-c", "-f", version.string()}, settings_.start_patience);
  if (!checked) return Fault{checked.error().kind, "haproxy -c: " + checked.error().cause};
  const std::lock_guard data(data_);
  return folder_.make_current();
}

Outcome HaproxyGateway::write_changing(const std::filesystem::path& version) const {
  for (const auto& id : written_.certificates) {
    const auto pem = certificates_.find(id);
    if (pem == certificates_.end()) return Fault::conflict("no certificate " + id);
    if (const auto done = write_file(version / certificate_file(id), pem->second.reveal_text());
        !done) {
      return done;
    }
  }
  for (const auto& store : written_.trust_stores) {
    std::string lines;
    std::string issuers;
    if (const auto revoked = revoked_.find(store); revoked != revoked_.end()) {
      for (const auto& key : revoked->second.keys()) lines.append(key).append(" 1\n");
      issuers = lines_of(revoked->second.issuers());
    }
    if (const auto done = write_file(version / revokers_file(store), issuers); !done) return done;
    if (const auto done = write_file(version / revoked_file(store), lines); !done) return done;
  }
  return {};
}

Outcome HaproxyGateway::prepare() const {
  const std::lock_guard data(data_);
  return write_changing(folder_.current());
}

Outcome HaproxyGateway::start_or_reload() {
  keep_server_states();
  if (const auto done = supervisor_.start(); !done) return done;
  const auto processes = api_.processes();
  if (!processes) return processes.error();
  if (processes->failed_reloads != 0) {
    return Fault::conflict("HAProxy did not take the configuration: " + supervisor_.said());
  }
  if (running_digest() == written_.digest) return {};
  return Fault::unavailable("HAProxy does not say that it runs this");
}

// So that those that are down now are not taken for healthy by the next worker.
void HaproxyGateway::keep_server_states() const {
  const auto processes = api_.processes();
  const auto states = processes && processes->worker != 0
                          ? api_.ask(processes->worker, "show servers state")
                          : Result<std::string>("1");  // the version of the format alone
  if (!states) return;
  if (const auto done = write_file(settings_.folder / "servers", *states + "\n"); !done) {
    log_.warning("gateway.server_states_lost", {{"cause", done.error().cause}});
  }
}

Outcome HaproxyGateway::set_certificate(std::string_view id, const tls::ServerIdentity& identity) {
  const std::lock_guard call(calls_);
  auto pem = to_pem(identity);
  if (!pem) return pem.error();
  if (settings_.log_receiver != nullptr) {
    if (const auto known = settings_.log_receiver->names().learn(id, identity); !known) {
      return known;
    }
  }
  {
    const std::lock_guard data(data_);
    certificates_.insert_or_assign(std::string(id), *std::move(pem));
  }
  if (!written_.listens ||
      std::ranges::find(written_.certificates, id) == written_.certificates.end()) {
    return {};
  }
  const auto swapped = swap_certificate(id);
  if (!swapped) {
    const std::lock_guard data(data_);
    is_behind_ = true;
  }
  return noted(swapped);
}

Outcome HaproxyGateway::swap_certificate(std::string_view id) const {
  const auto processes = api_.processes();
  if (!processes) return processes.error();
  if (processes->worker == 0) return Fault::unavailable("HAProxy has no worker");
  const auto worker = processes->worker;
  const std::string file = certificate_file(id);
  auto done = offer(worker, file, certificates_.find(id)->second);
  if (done) done = said(api_.ask(worker, "commit ssl cert " + file), "Success!");
  // What stays begun keeps all others from being swapped.
  if (!done) static_cast<void>(api_.ask(worker, "abort ssl cert " + file));
  return done;
}

Outcome HaproxyGateway::offer(pid_t worker, const std::string& file, const SecretBytes& pem) const {
  const std::string command = "set ssl cert " + file;
  auto answer = api_.ask(worker, command, pem.reveal_text());
  // Whose answer was lost may have left one.
  if (const auto other = answer ? transaction_in(*answer) : file; !other.empty() && other != file) {
    static_cast<void>(api_.ask(worker, "abort ssl cert " + other));
    answer = api_.ask(worker, command, pem.reveal_text());
  }
  return said(answer, "ed for certificate " + file + "!");
}

Outcome HaproxyGateway::remove_certificate(std::string_view id) {
  const std::lock_guard call(calls_);
  if (std::ranges::find(written_.certificates, id) != written_.certificates.end()) {
    return Fault::conflict("a listener uses certificate " + std::string(id));
  }
  if (settings_.log_receiver != nullptr) settings_.log_receiver->names().forget(id);
  const std::lock_guard data(data_);
  const auto found = certificates_.find(id);
  if (found != certificates_.end()) certificates_.erase(found);
  return {};
}

std::string HaproxyGateway::digest() const {
  const std::lock_guard data(data_);
  crypto::Sha256 all;
  for (const auto& [name, text] : written_.files) {
    all.update(crypto::sha256(name)).update(crypto::sha256(text));
  }
  for (const auto& [id, pem] : certificates_) {
    all.update(crypto::sha256(id)).update(crypto::sha256(pem.reveal()));
  }
  for (const auto& [store, revoked] : revoked_) {
    if (revoked.size() == 0) continue;
    all.update(crypto::sha256(store)).update(revoked.digest());
  }
  return encoding::to_hex(all.finish());
}

Result<std::vector<TargetHealth>> HaproxyGateway::health(std::string_view target_group) {
  const std::lock_guard call(calls_);
  const auto group = std::ranges::find(state_.target_groups, target_group, &TargetGroup::id);
  if (group == state_.target_groups.end()) {
    return Fault::conflict("no target group " + std::string(target_group));
  }
  const auto processes = api_.processes();
  if (!processes) return processes.error();
  const auto figures =
      api_.ask(processes->worker, "show stat " + backend_of(target_group) + " 4 -1");
  if (!figures) return figures.error();
  return read_health(*group, *figures);
}

void HaproxyGateway::count_lost_lines() const {
  if (settings_.log_receiver == nullptr) return;
  const auto processes = api_.processes();
  if (!processes) return;
  std::map<pid_t, std::uint64_t> by_worker;
  for (const auto worker : processes->all()) {
    const auto told = api_.ask(worker, "show info");
    if (!told) return;  // what it said before would count twice
    const auto digits = between(*told, "DroppedLogs: ", '\n');
    std::from_chars(digits.data(), digits.data() + digits.size(), by_worker[worker]);
  }
  settings_.log_receiver->count_lost(std::move(by_worker));
}

Status HaproxyGateway::status() const {
  const std::lock_guard data(data_);
  return {.running = supervisor_.is_ready(),
          .starts = supervisor_.starts(),
          .reloads = supervisor_.reloads(),
          .last_fault = last_fault_};
}

}  // namespace everseal::gateway::haproxy
