#include "proxies.h"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <fstream>

#include "gateway/haproxy/runtime_api.h"
#include "need.h"

namespace everseal::bench {
namespace {

using gateway::haproxy::HaproxyGateway;
using gateway::haproxy::RuntimeApi;

constexpr const char* program = "/usr/sbin/haproxy";
constexpr std::chrono::seconds patience{120};

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

bool accepts(std::uint16_t port) {
  const auto address = loopback(port);
  const Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  return connect(socket.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

gateway::State state_of(const Pki& pki, const Target& target, const std::vector<Port>& ports) {
  gateway::State state;
  state.trust_stores = {{.id = Edge::trust_store, .bundle = pki.bundle()}};
  state.target_groups = {
      {.id = "group",
       .health_check = {.enabled = false},
       .targets = {{.id = "one", .address = "127.0.0.1", .port = target.port()}}}};
  state.load_balancers = {{.id = "edge", .idle_timeout = std::chrono::hours(1)}};
  gateway::Tls tls{.certificate = Edge::certificate};
  tls.mutual = {.mode = gateway::MutualTlsMode::Verify, .trust_store = Edge::trust_store};
  for (const auto& port : ports) {
    state.load_balancers.front().listeners.push_back(
        {.id = "listener-" + std::to_string(port.number()),
         .port = port.number(),
         .tls = tls,
         .otherwise = gateway::Forward{.shares = {{"group", 1}}}});
  }
  return state;
}

}  // namespace

Port::Port() : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  const int on = 1;
  auto address = loopback(0);
  auto* const general = reinterpret_cast<sockaddr*>(&address);
  socklen_t length = sizeof address;
  for (const int shared : {SO_REUSEADDR, SO_REUSEPORT}) {
    setsockopt(socket_.number(), SOL_SOCKET, shared, &on, sizeof on);
  }
  if (bind(socket_.number(), general, length) != 0 ||
      getsockname(socket_.number(), general, &length) != 0) {
    give_up("no free port");
  }
  number_ = ntohs(address.sin_port);
}

Target::Target() {
  http::Options options{.listen = {http::Listen{}}, .workers = 1, .limits = {}, .tls = nullptr};
  options.limits.body_idle = options.limits.whole_body = std::chrono::hours(1);
  server_ = need(http::Server::open(std::move(options), *this, clock_, log_));
  server_->serve();
}

http::Route Target::route(const http::RequestHead&) { return http::SmallBody{100'000}; }

std::optional<http::Response> Target::respond_now(const http::Request&) {
  http::Response response{.status = 200};
  response.body = "hello";
  return response;
}

http::Response Target::respond(http::Request request) { return *respond_now(request); }

Edge::Edge(Pki& pki, const Target& target, std::size_t listeners)
    : ports_(listeners),
      state_(state_of(pki, target, ports_)),
      gateway_(need(HaproxyGateway::create(
          {.folder = folder_ / "gateway",
           .threads = 1,
           .patience = patience,
           .start_patience = patience},
          log_, [](const std::string& ending) { give_up("HAProxy died: " + ending); }))) {
  need(gateway_->set_certificate(certificate, pki.server()));
  apply();
}

void Edge::apply() { need(gateway_->apply(state_)); }

void Edge::apply_changed() {
  ++state_.load_balancers.front().idle_timeout;
  apply();
}

std::string Edge::configuration() const {
  return (folder_ / "gateway" / "current" / "haproxy.cfg").string();
}

pid_t Edge::process() const {
  return need(RuntimeApi(folder_ / "gateway" / "master.sock", patience).processes()).worker;
}

PlainHaproxy::PlainHaproxy(Pki& pki, const Target& target, const std::optional<std::string>& crl) {
  write("edge.pem", pem_of(pki.server()));
  write("ca.pem", pki.bundle());
  if (crl) write("crl.pem", *crl);
  write_configuration(target, crl.has_value());
  process_.emplace(need(gateway::haproxy::Process::begin(
      {.command = {program, "-db", "-f", (folder_ / "haproxy.cfg").string()}})));
  const Stopwatch watch;
  while (!accepts(port())) {
    if (process_->ends_within(std::chrono::milliseconds(10)) || watch.elapsed() > patience) {
      give_up(process_->read(4096));
    }
  }
}

void PlainHaproxy::write_configuration(const Target& target, bool with_crl) const {
  const gateway::TlsPolicy policy;
  const auto bind = "  bind 127.0.0.1:" + std::to_string(port()) +
                    " ssl crt edge.pem ca-file ca.pem verify required" +
                    (with_crl ? " crl-file crl.pem" : "") +
                    " no-tls-tickets alpn h2,http/1.1 ssl-min-ver TLSv1.2 ciphers " +
                    policy.ciphers + " ciphersuites " + policy.cipher_suites + "\n";
  write("haproxy.cfg",
        "global\n"
        "  default-path config\n"
        "  nbthread 1\n"
        "  maxconn 8192\n"
        "defaults\n"
        "  mode http\n"
        "  timeout connect 10s\n"
        "  timeout client 60s\n"
        "  timeout server 60s\n"
        "  timeout http-request 60s\n"
        "frontend edge\n" +
            bind +
            "  option forwardfor\n"
            "  http-request set-header X-Forwarded-Proto https\n"
            "  http-request set-header X-Forwarded-Port %[dst_port]\n"
            "  http-request set-header X-Amzn-Trace-Id Root=%[uuid]\n"
            "  http-request set-header X-Amzn-Mtls-Clientcert-Serial-Number %[ssl_c_serial,hex]\n"
            "  http-request set-header X-Amzn-Mtls-Clientcert-Issuer %[ssl_c_i_dn(,0,rfc2253)]\n"
            "  http-request set-header X-Amzn-Mtls-Clientcert-Subject %[ssl_c_s_dn(,0,rfc2253)]\n"
            "  http-request set-header X-Amzn-Mtls-Clientcert-Validity"
            " NotBefore=%[ssl_c_notbefore];NotAfter=%[ssl_c_notafter]\n"
            "  http-request set-header X-Amzn-Mtls-Clientcert-Leaf %[ssl_c_der,base64]\n"
            "  default_backend targets\n"
            "backend targets\n"
            "  server one 127.0.0.1:" +
            std::to_string(target.port()) + "\n");
}

void PlainHaproxy::write(const char* name, const std::string& text) const {
  std::ofstream(folder_ / name) << text;
}

}  // namespace everseal::bench
