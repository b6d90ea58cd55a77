#pragma once

#include <memory>
#include <string>

#include "aws/call.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "services/acmpca/model/enums.h"
#include "sql/database.h"

namespace everseal::acmpca {

// Where CRLs and audit reports go: objects in buckets, which another service keeps. Thread-safe.
class ObjectSink {
 public:
  // Written as the service principal acm-pca.amazonaws.com, on behalf of a CA: the bucket's policy
  // judges both.
  struct Target {
    std::string authority_arn;
    std::string account;  // of the CA
    std::string region;   // of the CA
    std::string bucket;
    std::string key;
    ObjectAcl acl{};
    std::string content_type;
    // Whoever asks for it by the API must be allowed to write there, too; null: nobody does.
    const aws::Call* caller = nullptr;
  };

  // An object that is not there yet. Dropped before its transaction is committed, it never was.
  class Pending {
   public:
    virtual ~Pending() = default;
    virtual Outcome append(ByteView octets) = 0;
    // All octets are there and stay through a loss of power. Not in a transaction: it waits for the
    // disk.
    virtual Outcome finish() = 0;
    // It takes its place when this transaction is committed.
    virtual Outcome store(sql::Transaction& tx) = 0;
  };

  virtual ~ObjectSink() = default;
  // Conflict: it may not be written there; the cause names what is in the way, in one sentence.
  virtual Outcome check(const Target& target) = 0;
  // Whether there is a bucket of that name at all, whoever owns it.
  virtual Result<bool> has_bucket(const Target& target) = 0;
  virtual Result<std::unique_ptr<Pending>> begin(const Target& target) = 0;
};

}  // namespace everseal::acmpca
