#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "result/result.h"

namespace everseal::app {

// What an operator may set in the file given with --config (TOML). Every key has a default; a key
// that is not in this list is refused, so that a slip of the pen does not go unnoticed.
struct Configuration {
  std::string listen = "127.0.0.1:4566";  // "ADDRESS:PORT", "[::1]:4566"; port 0: any free one
  std::string log_level = "info";         // debug, info, warning, error
  bool console = true;                    // shown to browsers at /console/

  struct Limits {
    std::int64_t connections = 4096;
    std::int64_t header_bytes = 32 * 1024;
    std::int64_t header_seconds = 10;
    std::int64_t body_seconds = 30;
    std::int64_t idle_seconds = 75;
    std::int64_t workers = 0;  // 0: chosen by the number of cores
    std::int64_t queued_requests = 1024;
  } limits;

  struct Keys {
    std::int64_t rsa_2048_ready = 16;  // made in the background, kept in memory
    std::int64_t rsa_3072_ready = 2;
    std::int64_t rsa_4096_ready = 2;
  } keys;

  struct Renewal {
    std::int64_t days_before_expiry = 60;
    std::int64_t attempt_minutes = 60;
    std::int64_t validity_months = 13;
  } renewal;

  struct IssuanceLog {
    std::int64_t checkpoint_seconds = 60;  // from the first new leaf to a signed head
  } log;

  struct S3 {
    std::string host_name{};  // "s3.pki.example": buckets are "bucket.s3.pki.example", too
    // [s3.outside.NAME]: the objects of the bucket NAME lie with an outside service, too.
    struct Outside {
      std::string name;
      std::string endpoint;          // "https://s3.corp.example"
      std::string region;            // that requests are signed for
      std::string bucket;            // its name there; if nothing is said, the same
      std::string credentials_file;  // as the AWS tools have it
      std::string ca_file;           // PEM; empty: what this system trusts
    };
    std::vector<Outside> outside{};
  } s3;

  // Where relying parties fetch CRLs, over plain HTTP.
  struct Publication {
    std::string listen{};  // as above, or "off"; empty: port 4580 of the address of `listen`, or
                           // any free one if that one is
    bool pem = true;       // CRLs also in PEM, beside the DER
    bool deltas = false;   // a revocation writes a delta CRL, the CRL itself waits for its refresh
    std::int64_t partition_certificates = 18'000;  // of a partitioned CRL: 1 MB if all are revoked
    std::int64_t watch_minutes = 15;               // between two looks at what is published
  } publication;

  struct PrivateCa {
    // Before the end of a CA's certificate, when that is told; see acmpca::Settings.
    std::vector<std::int64_t> end_notice_days{425, 365, 180, 90, 60, 45, 30, 15, 7, 3, 1};
  } private_ca;

  // Lambda's.
  struct Functions {
    bool network = false;           // that of this machine
    std::int64_t concurrent = 10;   // at once
    std::int64_t idle_minutes = 5;  // that an environment waits for its next invocation
    std::string bubblewrap = "/usr/bin/bwrap";
    std::string python = "/usr/bin/python3";
    std::string node = "/usr/bin/node";
  } functions;

  // Of EventBridge: where events may go as HTTP requests.
  struct Destinations {
    bool loopback = false;  // this machine, there over plain HTTP, too
    std::string ca_file{};  // PEM: trusted besides what this system trusts
  } destinations;

  struct LoadBalancers {
    std::string addresses = "127.66.0.0/16";  // where they listen, each at one: see AddressPool
    bool loopback_targets = false;            // targets that only this machine reaches
    std::string haproxy = "/usr/sbin/haproxy";
    std::string user = "haproxy";  // whom HAProxy runs as, where the server runs as root
    std::string folder{};  // of what HAProxy reads, keys in the clear among it; should be in
                           // memory. Empty: below /run, XDG_RUNTIME_DIR or /dev/shm
    std::int64_t connections = 8192;
    bool refuse_by_outdated_lists = false;  // all that a CA issued while its CRLs are outdated
    std::int64_t log_minutes = 5;           // that one file of an access or connection log is about
  } load_balancers;

  // Of load balancers: the quotas of AWS, and what it leaves open.
  struct TrustStores {
    std::int64_t most = 20;
    std::int64_t ca_certificates = 25;
    std::int64_t revocation_lists = 30;
    std::int64_t revoked_entries = 500'000;
    bool foreign_crls = false;
    bool leading_slash = false;
  } trust_stores;

  std::int64_t job_threads = 8;
};

// Malformed: not TOML, an unknown key, a value of the wrong type or out of its range; the cause
// names the file, the line and the key in one sentence. Unavailable: the file cannot be read.
Result<Configuration> read_configuration(const std::filesystem::path& file);

}  // namespace everseal::app
