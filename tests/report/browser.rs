//! Headless Chromium over its debugging pipe: real time, real keys, every request and every complaint.

use serde_json::{Value, json};
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Longer than this no answer takes, however busy the machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running browser with one page.
pub struct Browser {
    process: Child,
    to: File,
    from: Receiver<Value>,
    session: Value,
    number: u64,
    events: Vec<Value>,
    _folder: TempDir,
}

/// The browser's name on this machine; `None`, said aloud, where there is none and none is demanded.
fn chromium() -> Option<&'static str> {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let found = names
        .into_iter()
        .find(|name| Command::new(name).arg("--version").output().is_ok());
    if found.is_none() {
        assert!(
            std::env::var_os("STAFFWRIGHT_NEEDS_CHROMIUM").is_none(),
            "chromium is needed and not there"
        );
        eprintln!("SKIPPED: there is no chromium; apt-get install chromium");
    }
    found
}

impl Browser {
    /// Starts one, without the network; `None` where there is no Chromium.
    pub fn start() -> Option<Self> {
        let name = chromium()?;
        let folder = TempDir::new().unwrap();
        let at = |name: &str| folder.path().join(name);
        let made = Command::new("mkfifo").arg(at("in")).arg(at("out")).status();
        assert!(made.unwrap().success(), "mkfifo");
        // The browser reads commands from descriptor 3 and answers on 4.
        let script = r#"exec "$1" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
            --disable-background-networking --disable-component-update --disable-sync --lang=en-US \
            --remote-debugging-pipe --user-data-dir="$0/profile" about:blank 3<"$0/in" 4>"$0/out""#;
        let process = Command::new("sh")
            .args(["-c", script])
            .arg(folder.path())
            .arg(name)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let to = OpenOptions::new().write(true).open(at("in")).unwrap();
        let out = File::open(at("out")).unwrap();
        let (sender, from) = channel();
        std::thread::spawn(move || {
            for message in BufReader::new(out).split(0) {
                let Ok(message) = message else { return };
                let Ok(value) = serde_json::from_slice(&message) else {
                    return;
                };
                if sender.send(value).is_err() {
                    return;
                }
            }
        });
        let mut browser = Self {
            process,
            to,
            from,
            session: Value::Null,
            number: 0,
            events: Vec::new(),
            _folder: folder,
        };
        let target = browser.send("Target.createTarget", json!({"url": "about:blank"}));
        let id = &target["targetId"];
        let attached = browser.send(
            "Target.attachToTarget",
            json!({"targetId": id, "flatten": true}),
        );
        browser.session = attached["sessionId"].clone();
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.send(&format!("{domain}.enable"), json!({}));
        }
        Some(browser)
    }

    /// Sends a command and waits for its result; events that come before it are kept.
    pub fn send(&mut self, method: &str, params: Value) -> Value {
        self.number += 1;
        let mut message = json!({"id": self.number, "method": method, "params": params});
        if !self.session.is_null() {
            message["sessionId"] = self.session.clone();
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.to.write_all(&bytes).unwrap();
        loop {
            let answer = self.from.recv_timeout(PATIENCE);
            let answer = answer.unwrap_or_else(|e| panic!("{method}: the browser is silent: {e}"));
            if answer["id"] == self.number {
                assert!(answer["error"].is_null(), "{method}: {answer}");
                return answer["result"].clone();
            }
            self.events.push(answer);
        }
    }

    /// The window's width in pixels, and the theme that the reader prefers.
    pub fn look(&mut self, width: u32, theme: &str) {
        self.send(
            "Emulation.setDeviceMetricsOverride",
            json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false}),
        );
        let feature = json!({"name": "prefers-color-scheme", "value": theme});
        self.send("Emulation.setEmulatedMedia", json!({"features": [feature]}));
    }

    /// Opens a file; gives the time until it is loaded and painted, as the clock on the wall has it.
    pub fn open(&mut self, file: &Path) -> Duration {
        self.events.clear();
        let begin = Instant::now();
        let url = format!("file://{}", file.display());
        self.send("Page.navigate", json!({"url": url}));
        while !self
            .events
            .iter()
            .any(|e| e["method"] == "Page.loadEventFired")
        {
            let event = self
                .from
                .recv_timeout(PATIENCE)
                .expect("the page is loaded");
            self.events.push(event);
        }
        self.evaluate(
            "new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(() => r(1))))",
        );
        begin.elapsed()
    }

    /// The value of an expression in the page.
    pub fn evaluate(&mut self, expression: &str) -> Value {
        let how = json!({"expression": expression, "awaitPromise": true, "returnByValue": true});
        let result = self.send("Runtime.evaluate", how);
        assert!(result["exceptionDetails"].is_null(), "{result}");
        result["result"]["value"].clone()
    }

    /// Presses and releases a key.
    pub fn press(&mut self, key: &str, code: u32) {
        for kind in ["rawKeyDown", "keyUp"] {
            let how = json!({"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code});
            self.send("Input.dispatchKeyEvent", how);
        }
    }

    /// Everything that the page asked for since it was opened, the file itself first.
    pub fn requests(&self) -> Vec<String> {
        let sent = self
            .events
            .iter()
            .filter(|e| e["method"] == "Network.requestWillBeSent");
        let urls = sent.map(|e| e["params"]["request"]["url"].as_str().unwrap().to_owned());
        urls.filter(|url| !url.starts_with("data:")).collect()
    }

    /// Every error and warning since the page was opened.
    pub fn complaints(&self) -> Vec<String> {
        let said = self.events.iter().filter(|e| {
            let params = &e["params"];
            match e["method"].as_str().unwrap_or_default() {
                "Runtime.exceptionThrown" => true,
                "Runtime.consoleAPICalled" => ["error", "warning", "assert"]
                    .contains(&params["type"].as_str().unwrap_or_default()),
                "Log.entryAdded" => ["error", "warning"]
                    .contains(&params["entry"]["level"].as_str().unwrap_or_default()),
                _ => false,
            }
        });
        said.map(|e| e["params"].to_string()).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
