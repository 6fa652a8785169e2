import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/source-serif-4/wght-italic.css";
import "@fontsource-variable/source-serif-4/wght.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { hearKeys } from "./keyboard";
import "./styles/tokens.css";
import "./styles/base.css";

hearKeys();
mount(App, { target: document.getElementById("app")! });
