//! Shares started by a real Slurm: slurmctld and slurmd on this machine, in a scratch folder, ended by their process ids.
//!
//! Needs root and Debian's packages `slurm-wlm` and `munge`; without them the test says loudly that it did nothing.

use super::support::{Bench, read, signal, skip, sweep_file};
use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(240);

/// A cluster of one machine; its daemons are ended with it.
struct Cluster {
    dir: tempfile::TempDir,
    daemons: Vec<Child>,
}

impl Cluster {
    /// Starts one; why not, where it cannot be had.
    fn start() -> Result<Self, String> {
        for program in [
            "munged",
            "slurmctld",
            "slurmd",
            "sbatch",
            "scontrol",
            "squeue",
        ] {
            let found = ["/usr/sbin", "/usr/bin"]
                .iter()
                .any(|d| Path::new(d).join(program).exists());
            if !found {
                return Err(format!(
                    "{program} is not installed: apt-get install -y slurm-wlm munge"
                ));
            }
        }
        let uid = Command::new("id")
            .arg("-u")
            .output()
            .map_err(|e| e.to_string())?;
        if uid.stdout != b"0\n" {
            return Err("slurmd needs root".into());
        }
        let mut cluster = Self {
            dir: tempfile::tempdir().unwrap(),
            daemons: Vec::new(),
        };
        // Other users' processes (munge's) have to reach into the folder.
        fs::set_permissions(cluster.dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
        for folder in ["munge", "state", "spool"] {
            fs::create_dir(cluster.path(folder)).unwrap();
            fs::set_permissions(cluster.path(folder), fs::Permissions::from_mode(0o755)).unwrap();
        }
        let key: Vec<u8> = (0..128_u32)
            .map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8)
            .collect();
        fs::write(cluster.path("munge/key"), key).unwrap();
        fs::set_permissions(cluster.path("munge/key"), fs::Permissions::from_mode(0o400)).unwrap();
        let munge = |name: &str| cluster.path(&format!("munge/{name}")).display().to_string();
        let options = [
            "--foreground".to_string(),
            "--force".into(),
            format!("--socket={}", munge("socket")),
            format!("--key-file={}", munge("key")),
            format!("--log-file={}", munge("log")),
            format!("--pid-file={}", munge("pid")),
            format!("--seed-file={}", munge("seed")),
        ];
        cluster.daemon("/usr/sbin/munged", &options)?;
        cluster.wait("munged", |c| c.path("munge/socket").exists())?;
        let host = Command::new("hostname")
            .arg("-s")
            .output()
            .map_err(|e| e.to_string())?;
        let host = String::from_utf8_lossy(&host.stdout).trim().to_owned();
        let ports = [free_port(), free_port()];
        let conf = include_str!("slurm.conf.template")
            .replace("CTLDPORT", &ports[0].to_string())
            .replace("DPORT", &ports[1].to_string())
            .replace("DIR", &cluster.dir.path().display().to_string())
            .replace("HOST", &host);
        fs::write(cluster.path("slurm.conf"), conf).unwrap();
        let conf = cluster.path("slurm.conf").display().to_string();
        cluster.daemon(
            "/usr/sbin/slurmctld",
            &["-D".into(), "-f".into(), conf.clone()],
        )?;
        cluster.daemon("/usr/sbin/slurmd", &["-D".into(), "-f".into(), conf])?;
        cluster.wait("the node", |c| {
            c.ask("sinfo", &["-h", "-o", "%t"]).trim() == "idle"
        })?;
        Ok(cluster)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn daemon(&mut self, program: &str, options: &[String]) -> Result<(), String> {
        let child = Command::new(program)
            .args(options)
            .env("SLURM_CONF", self.path("slurm.conf"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|e| format!("{program}: {e}"))?;
        self.daemons.push(child);
        Ok(())
    }

    /// A command of Slurm; what it prints.
    fn ask(&self, program: &str, words: &[&str]) -> String {
        let output = Command::new(program)
            .args(words)
            .env("SLURM_CONF", self.path("slurm.conf"))
            .output()
            .unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn wait(&self, what: &str, done: impl Fn(&Self) -> bool) -> Result<(), String> {
        let started = Instant::now();
        while !done(self) {
            if started.elapsed() > PATIENCE {
                let logs = ["munge/log", "slurmctld.log", "slurmd.log"];
                let logs: String = logs.iter().map(|l| tail(&self.path(l))).collect();
                return Err(format!(
                    "{what}: not in {PATIENCE:?}\n{}\n{logs}",
                    self.ask("squeue", &["-a"])
                ));
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }

    fn until(&self, what: &str, done: impl Fn(&Self) -> bool) {
        self.wait(what, done).unwrap();
    }

    /// Submits a sweep by the script that the program prints: the array's job, the merge's job.
    fn submit(&self, bench: &Bench, words: &str) -> (String, String) {
        let script = bench.said(words);
        bench.write("submit.sh", &script);
        let output = Command::new("bash")
            .arg(bench.path("submit.sh"))
            .env("SLURM_CONF", self.path("slurm.conf"))
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{errors}");
        let job = |after: &str| -> String {
            let at = said.find(after).unwrap_or_else(|| panic!("{said}")) + after.len();
            said[at..]
                .chars()
                .take_while(char::is_ascii_digit)
                .collect()
        };
        (job("tasks are job "), job("the merge is job "))
    }

    /// A field of a job, such as `JobState`.
    fn field(&self, job: &str, name: &str) -> String {
        let shown = self.ask("scontrol", &["show", "job", job, "-o"]);
        let start = format!("{name}=");
        let words = shown.split_whitespace();
        words
            .filter_map(|w| w.strip_prefix(start.as_str()))
            .next()
            .unwrap_or_default()
            .to_owned()
    }

    fn is_over(&self, job: &str) -> bool {
        let state = self.field(job, "JobState");
        matches!(
            state.as_str(),
            "COMPLETED" | "FAILED" | "CANCELLED" | "NODE_FAIL" | "TIMEOUT"
        )
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        for daemon in self.daemons.iter_mut().rev() {
            let _ = Command::new("kill")
                .args(["-TERM", &daemon.id().to_string()])
                .status();
            let asked = Instant::now();
            while asked.elapsed() < Duration::from_secs(20) && matches!(daemon.try_wait(), Ok(None))
            {
                std::thread::sleep(Duration::from_millis(50));
            }
            let _ = daemon.kill();
            let _ = daemon.wait();
        }
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

fn tail(path: &Path) -> String {
    let text = read(path);
    let lines: Vec<&str> = text.lines().rev().take(15).collect();
    format!(
        "{}:\n{}\n",
        path.display(),
        lines.into_iter().rev().collect::<Vec<_>>().join("\n")
    )
}

/// The process that plays a task of a sweep's array, by the folder it was started for.
fn process_of(folder: &Path, job: &str, task: u32) -> Option<u32> {
    let folder = folder.canonicalize().unwrap().display().to_string();
    let wanted = [
        format!("SLURM_ARRAY_JOB_ID={job}"),
        format!("SLURM_ARRAY_TASK_ID={task}"),
    ];
    for entry in fs::read_dir("/proc").unwrap().flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|n| n.parse().ok()) else {
            continue;
        };
        let words = |name: &str| -> Vec<String> {
            let bytes = fs::read(entry.path().join(name)).unwrap_or_default();
            bytes
                .split(|b| *b == 0)
                .map(|w| String::from_utf8_lossy(w).into_owned())
                .collect()
        };
        let line = words("cmdline");
        let plays = line.contains(&"sweep".to_string()) && line.contains(&folder);
        if plays && wanted.iter().all(|w| words("environ").contains(w)) {
            return Some(pid);
        }
    }
    None
}

/// Records that a share wrote.
fn played(bench: &Bench, share: u32) -> usize {
    let start = format!("part-{share}-4-");
    let logs = bench.logs("out");
    let of = logs
        .iter()
        .filter(|p| p.file_name().unwrap().to_string_lossy().starts_with(&start));
    of.map(|p| read(p).lines().count()).sum()
}

#[test]
fn slurm_plays_all_shares_through_a_failure_and_a_requeue() {
    let cluster = match Cluster::start() {
        Ok(cluster) => cluster,
        Err(why) => {
            assert!(
                std::env::var_os("STAFFWRIGHT_NEEDS_SLURM").is_none(),
                "{why}"
            );
            skip(&format!("no Slurm here: {why}"));
            return;
        }
    };
    // Tasks must last long enough to be met alive: as many replications as play a run in a third of a second.
    let bench = Bench::new(&sweep_file(2, 50));
    let started = Instant::now();
    bench.said("all @sweep.toml --out @trial --quiet");
    let each = started.elapsed().as_secs_f64() / 4.0 / 50.0;
    let replications = ((0.3 / each) as usize).clamp(50, 50_000);
    bench.write("sweep.toml", &sweep_file(20, replications));
    bench.said("plan @sweep.toml --out @out");

    let (tasks, merge) = cluster.submit(&bench, "slurm @out --shards 4");
    for task in 1..=2 {
        cluster.until("a task at work", |_| played(&bench, task) > 0);
    }
    // The first task dies of what nobody can catch, the second is sent back into the queue.
    let pid = process_of(&bench.path("out"), &tasks, 1).expect("the first task is at work");
    signal("-KILL", pid);
    let second = format!("{tasks}_2");
    cluster.ask("scontrol", &["requeue", &second]);
    cluster.until("the failed task", |c| {
        c.field(&format!("{tasks}_1"), "JobState") == "FAILED"
    });
    cluster.until("the requeued task", |c| {
        c.field(&second, "JobState") == "PENDING"
    });
    let before = played(&bench, 2);
    assert!(before < 10, "the second task was not over");
    // Slurm holds a requeued task back for a while; tests need not wait for that.
    cluster.ask(
        "scontrol",
        &["update", &format!("JobId={second}"), "StartTime=now"],
    );
    cluster.until("the end of the merge", |c| c.is_over(&merge));
    for task in 2..=4 {
        assert_eq!(
            cluster.field(&format!("{tasks}_{task}"), "JobState"),
            "COMPLETED",
            "task {task}"
        );
    }
    assert_eq!(cluster.field(&second, "Restarts"), "1");
    assert_eq!(
        played(&bench, 2),
        10,
        "what the second task had finished was not played again"
    );
    // One task failed, so the merge did not wait for ever: it says what is missing and what to type.
    let missing = 10 - played(&bench, 1);
    let messages = read(&bench.path(&format!("out/slurm/merge-{merge}.out")));
    let folder = bench.path("out").canonicalize().unwrap();
    let typed = format!(
        "share 1/4 lacks {missing} of 10; type: staffwright sweep run {} --shard 1/4",
        folder.display()
    );
    assert!(missing > 0 && messages.contains(&typed), "{messages}");
    assert_eq!(cluster.field(&merge, "JobState"), "FAILED");
    assert!(!bench.path("out/merged.parquet").exists());

    // The same script once more plays what is missing, and nothing else.
    let (again, merge) = cluster.submit(&bench, "slurm @out --shards 4");
    cluster.until("the end of the second merge", |c| c.is_over(&merge));
    assert_eq!(cluster.field(&merge, "JobState"), "COMPLETED");
    let said = read(&bench.path(&format!("out/slurm/{again}_1.out")));
    assert!(
        said.contains(&format!("played {missing} of 10 runs")),
        "{said}"
    );
    assert_eq!(bench.records("out"), 40);
    let tables = (
        fs::read(bench.path("out/merged.parquet")).unwrap(),
        fs::read(bench.path("out/merged.csv")).unwrap(),
    );
    assert!(tables == bench.undisturbed(), "the merged tables differ");
}
