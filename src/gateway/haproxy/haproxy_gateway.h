#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "descriptor/descriptor.h"
#include "gateway/gateway.h"
#include "gateway/haproxy/folder.h"
#include "gateway/haproxy/revocations.h"
#include "gateway/haproxy/runtime_api.h"
#include "gateway/haproxy/settings.h"
#include "gateway/haproxy/supervisor.h"
#include "gateway/haproxy/writer.h"
#include "log/log.h"
#include "secret/secret.h"

namespace everseal::gateway::haproxy {

// The gateway as an HAProxy 2.6 or later that this program begins. It runs while there are
// listeners; see AtEnd for what comes after. Where one runs on the folder already, the gateway
// takes it over: until the first apply() it goes on with what it knows, revocations included, and
// then what it does not know is told to it, or to a new worker. No connection is dropped for that.
class HaproxyGateway final : public Gateway {
 public:
  // Called from a thread of the gateway's own when HAProxy died; it is started again, one that was
  // taken over by the first apply(). Must not call the gateway.
  using TellDeath = std::function<void(const std::string& ending)>;

  // Waits for a HAProxy that is just being started there; ends one that does not serve within
  // start_patience. Unavailable: HAProxy is not installed, the folder cannot be used, or another
  // gateway uses it. Malformed: a path that is too long.
  static Result<std::unique_ptr<HaproxyGateway>> create(Settings settings, Log& log,
                                                        TellDeath tell_death);
  // Ends HAProxy and removes the folder, or leaves both.
  ~HaproxyGateway() override;

  Outcome apply(const State& desired) override;
  Outcome set_certificate(std::string_view id, const tls::ServerIdentity& identity) override;
  Outcome remove_certificate(std::string_view id) override;
  Outcome revoke(std::string_view trust_store, const std::vector<Revoked>& entries) override;
  Outcome unrevoke(std::string_view trust_store, const std::vector<Revoked>& entries) override;
  Outcome set_revoked(std::string_view trust_store, const std::vector<Revoked>& entries) override;
  std::string digest() const override;
  Result<Healed> heal() override;
  Result<std::vector<TargetHealth>> health(std::string_view target_group) override;
  Status status() const override;

 private:
  using Keys = std::vector<std::string>;
  HaproxyGateway(Settings settings, Folder folder, std::shared_ptr<const Descriptor> log_pipe,
                 std::optional<Process> serving, Log& log, TellDeath tell_death);

  // All of these with calls_ held.
  Outcome put_in_force(const State& desired);
  Outcome take_up(const State& desired, Written written);
  Outcome tell_names(const State& desired) const;
  Outcome write_version(const Written& written);
  Outcome start_or_reload();
  std::string running_digest() const;
  Outcome check_ports(const State& desired) const;
  bool is_on_disk(const Written& written) const;
  Outcome go_on_with(const State& desired, const Written& written);
  Outcome tell_all();
  void tell_old_workers() const;
  void keep_server_states() const;
  Outcome change(std::string_view trust_store, const Keys& added, const Keys& removed);
  Outcome tell_workers(std::string_view trust_store, const Keys& added, const Keys& removed) const;
  Outcome tell(pid_t worker, const std::string& store, const Keys& added,
               const Keys& removed) const;
  template <class Some>
  Outcome add(pid_t worker, const std::string& map, const Some& keys) const;
  Outcome replace(pid_t worker, const std::string& store) const;
  Outcome keep_for_the_next_start();
  Outcome catch_up(const std::string& store);
  Outcome catch_up_with_all();
  void learn(std::string_view trust_store, const IssuerNames& issuers);
  Outcome heal_issuers(pid_t worker, const std::string& store) const;
  bool is_told(std::string_view trust_store) const;
  Outcome swap_certificate(std::string_view id) const;
  Outcome offer(pid_t worker, const std::string& file, const SecretBytes& pem) const;
  void cut(pid_t worker, const std::string& store, const Keys& keys) const;
  void cut_everywhere(const std::string& store, const Keys& keys) const;
  bool is_in_force(std::string_view trust_store) const;
  void count_lost_lines() const;
  bool is_to_be_compared(pid_t worker, const std::string& store) const;
  Result<Healed> heal(pid_t worker, const std::string& store) const;
  Outcome noted(Outcome outcome);

  // What changes without a new version: certificates and what is revoked. Needs either lock.
  Outcome write_changing(const std::filesystem::path& version) const;
  // On the supervisor's thread.
  Outcome prepare() const;

  const Settings settings_;
  Log& log_;
  const RuntimeApi api_;

  // One call at a time, as it may wait for HAProxy.
  mutable std::mutex calls_;
  // Guarded by calls_: trust stores of which workers may not know who is revoked, and when the
  // entries of a worker's map of a trust store were compared.
  std::set<std::string, std::less<>> behind_;
  std::map<std::pair<pid_t, std::string>, std::chrono::steady_clock::time_point> compared_;

  // Who changes anything below holds both locks; who reads it, either. The supervisor's thread
  // takes the second only.
  mutable std::mutex data_;
  Folder folder_;
  const std::shared_ptr<const Descriptor> log_pipe_;  // null: nobody is told
  State state_;
  Written written_;
  std::map<std::string, SecretBytes, std::less<>> certificates_;  // PEM: chain, then key
  RevokedByStore revoked_;
  bool is_taken_over_ = false;  // HAProxy, and nothing was applied since
  // HAProxy did not take a certificate, or may run another state: the next worker will be right.
  bool is_behind_ = false;
  std::string last_fault_;

  Supervisor supervisor_;  // last: its thread calls back; does its own locking
};

}  // namespace everseal::gateway::haproxy
